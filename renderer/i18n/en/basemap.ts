import type { Same } from '../same.ts'
import type * as zh from '../zh/basemap.ts'

export const basemap: Same<typeof zh.basemap> = {
  title: 'Basemap',
  add: 'Add a basemap file',
  replace: 'Replace the basemap file',
  reading: 'Reading…',
  remove: 'Remove the basemap “{{name}}”',
  opacity: 'Opacity',
  noPlace: 'This plan has no place on Earth, so no basemap can lie under it.',
}
