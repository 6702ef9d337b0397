import type { Same } from '../same.ts'
import type * as zh from '../zh/map-words.ts'

export const mapWords: Same<typeof zh.mapWords> = {
  ask: 'Say what the map shows ({{keys}})',
  table: 'The same as a table ({{keys}})',
  extent: 'The map shows {{width}} from west to east and {{height}} from south to north.',
  scale: 'The scale is about 1:{{scale}}.',
  nothing: 'The layers that are shown have nothing here.',
  layer: '{{layer}}: {{features}} features.',
  classes: 'Mostly {{classes}}.',
  comma: ', ',
  selected: '{{count}} selected.',
  noneSelected: 'Nothing is selected.',
}
