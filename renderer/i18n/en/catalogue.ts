import type { Same } from '../same.ts'
import type * as zh from '../zh/catalogue.ts'

export const catalogue: Same<typeof zh.catalogue> = {
  title: 'Plans',
  subtitle_one: '{{count}} plan in the catalogue',
  subtitle_other: '{{count}} plans in the catalogue',
  import: 'Import a plan',
  sample: 'Open the sample city',
  sampleTitle: 'Start with Qinglan, the sample city',
  sampleText:
    'A synthetic city of about 5,000 parcels: base-year and planned land use, the three control lines, parks and corridors. From analysis to memo in a few minutes.',
  importTitle: 'Import a plan',
  importText:
    'GeoPackage, Shapefile (zip or set of files), GeoJSON, VCT, FileGDB, DXF, Excel, GeoTIFF and other usual formats. CRS, encoding, fields and land classes are shown for checking before anything is stored.',
  welcome: 'Welcome to Greenprint',
  welcomeText:
    'Review city plans without a network: overlay green corridors and opportunity areas, score the plan against a checklist, and export a memo that can be defended.',
  verify: 'Verify a memo',
  settings: 'Settings',
  help: 'Keyboard shortcuts',
  creatingSample: 'Making the sample city',
  imported: 'Imported',
  layers_one: '{{count}} layer',
  layers_other: '{{count}} layers',
  features_one: '{{formatted}} patch',
  features_other: '{{formatted}} patches',
  coverage: '{{percent}}% judged',
  notScored: 'Not scored yet',
  remove: 'Remove from the catalogue',
  removed: '“{{name}}” was removed.',
  stale_one: '{{count}} out of date',
  stale_other: '{{count}} out of date',
  staleText_one: '{{count}} indicator was measured by an earlier version. Analyse again.',
  staleText_other: '{{count}} indicators were measured by an earlier version. Analyse again.',
  round: 'round {{number}}',
  actionsFor: 'Actions for “{{name}}”',
  filter: 'Find a plan',
  noMatch: 'No plan has “{{text}}” in its name or city.',
}
