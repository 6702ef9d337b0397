import type { Same } from '../same.ts'
import type * as zh from '../zh/map.ts'

export const map: Same<typeof zh.map> = {
  label:
    'Map of the plan. Arrow keys pan, plus and minus zoom, Home shows the whole plan, Enter tells what lies under the cross.',
  tools: 'Map tools',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  previousView: 'Previous view (Alt+←)',
  nextView: 'Next view (Alt+→)',
  whole: 'Show the whole plan',
  north: 'N',
  scale: 'Scale: this length on the map is {{length}}',
  coordinates: 'longitude {{lon}}, latitude {{lat}}',
  metres: 'east {{x}} m, north {{y}} m',
  here_one: '{{count}} feature here',
  here_other: '{{count}} features here',
  nothing: 'Nothing here',
  previousHere: 'Previous feature here (Page Up)',
  nextHere: 'Next feature here (Page Down)',
  allAttributes: 'All attributes',
  close: 'Close',
  area: 'Area',
  length: 'Length',
  tileFailed: 'Part of the map could not be loaded',
}
