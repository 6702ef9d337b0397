import type { PlanId, SheetId } from '../model/ids.ts'
import type { SheetFile, SheetView } from '../model/sheet.ts'
import { bilingual } from '../text.ts'
import type { Handlers } from './procedures.ts'

const SHEET: SheetView = {
  id: 'sheet-1' as SheetId,
  planId: 'plan-1' as PlanId,
  name: '规划总图.pdf',
  fileSha256: 'a'.repeat(64),
  kind: 'pdf',
  page: 1,
  width: 1000,
  height: 800,
  method: 'affine',
  points: [],
  neatline: null,
  placedFrom: 'reviewer',
  reason: bilingual('三个控制点', 'three control points'),
  by: '林青',
  at: '2026-03-01T08:00:00.000Z',
  visible: true,
  above: false,
  opacity: 0.7,
  fit: { method: 'affine', mapping: [1, 0, 0, 0, -1, 0, 0, 0, 1], rmsM: 0, residualsM: [], worst: null },
}

const FILE: SheetFile = { sha256: SHEET.fileSha256, name: SHEET.name, kind: 'pdf', pages: [] }

/** Answers about plan sheets for the contract suite; part of the sample handlers. */
export const sampleSheets = {
  'sheets.list': () => [SHEET],
  'sheets.open': () => FILE,
  'sheets.reopen': () => FILE,
  'sheets.bytes': () => ({ type: 'image/png', bytes: Uint8Array.of(1, 2, 3), totalBytes: 3 }),
  'sheets.locate': ({ places }) => Float64Array.from(places.flat()),
  'sheets.place': ({ name }) => ({ ...SHEET, name }),
  'sheets.show': ({ visible, above, opacity }) => ({ ...SHEET, visible, above, opacity }),
  'sheets.remove': () => undefined,
} satisfies Partial<Handlers>
