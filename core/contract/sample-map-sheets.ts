import type { ExportedFile } from './exported-file.ts'
import type { mapSheetProcedures } from './map-sheet-procedures.ts'
import type { Handlers } from './procedures.ts'

type MapSheets = keyof typeof mapSheetProcedures

const FACTS = { scale: 5000, sizeMm: [420, 297] as const, pages: 1, merged: [], leftOut: [], isRegistered: true }
const FILE: ExportedFile = { fileName: 'map.pdf', sizeBytes: 3, sha256: 'a'.repeat(64), download: null }

/** Answers of a host that is only there to be asked. */
export const sampleMapSheets: Pick<Handlers, MapSheets> = {
  'map.sheet': () => ({ ...FACTS, drawings: [{ svg: '<svg/>', name: '', sizeMm: [420, 297] }] }),
  'map.print': () => ({ ...FILE, ...FACTS }),
  'map.sheetPdf': () => ({ pdf: Uint8Array.of(37, 80, 68, 70) }),
  'map.savePicture': () => FILE,
}

/** A sheet as the print dialog asks for it. */
export const SAMPLE_SHEET = {
  planId: 'p',
  paper: 'A4',
  orientation: 'portrait',
  scale: null,
  centreM: null,
  layerIds: null,
  title: null,
  source: '',
  names: true,
  palette: null,
  grids: false,
  overlays: [] as never[],
  numbered: true,
  faded: false,
  reviewId: null,
  basemap: true,
  printer: null,
  lang: 'zh',
} as const
const BAD_SHEETS = [
  { ...SAMPLE_SHEET, paper: 'B5' },
  { ...SAMPLE_SHEET, scale: 0 },
  { ...SAMPLE_SHEET, centreM: [1] },
  { ...SAMPLE_SHEET, path: '/etc/passwd' },
  { ...SAMPLE_SHEET, overlays: [{ id: 'corridors', opacity: 2 }] },
  { ...SAMPLE_SHEET, reviewId: '' },
]

/** What each of these procedures must refuse. */
export const BAD_MAP_SHEETS: Record<MapSheets, unknown[]> = {
  'map.sheet': BAD_SHEETS,
  'map.sheetPdf': BAD_SHEETS,
  'map.print': [SAMPLE_SHEET, { ...SAMPLE_SHEET, format: 'jpg', target: null }, { ...SAMPLE_SHEET, format: 'pdf', target: '' }],
  'map.savePicture': [
    { planId: 'p', png: 'iVBOR', target: null },
    { planId: 'p', png: new Uint8Array(3), target: null },
  ],
}
