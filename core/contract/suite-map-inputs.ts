import { FRESH_LOOK } from '../map/look.ts'
import type { ProcedureName } from './procedures.ts'

const tile = { planId: 'p', layerId: 'l', z: 1, x: 0, y: 0 }

/** What the map's procedures must refuse. */
export const BAD_MAP = {
  'map.setup': [{ planId: '' }],
  'map.tile': [
    { ...tile, z: -1 },
    { ...tile, z: 25 },
    { ...tile, x: 0.5 },
    { ...tile, y: '0' },
    { ...tile, only: [7] },
  ],
  'map.raster': [
    { ...tile, z: -1 },
    { ...tile, layerId: '' },
    { ...tile, x: null },
  ],
  'map.identify': [
    { planId: 'p', xM: 'NaN', yM: 0, toleranceM: 1 },
    { planId: 'p', xM: 0, yM: 0, toleranceM: -1 },
    { planId: 'p', xM: null, yM: 0, toleranceM: 1 },
  ],
  'map.labels': [
    { planId: 'p', view: [0, 0, 1, 1], metresPerPx: 0, layerIds: [], filters: {}, lang: 'zh' },
    { planId: 'p', view: [2, 0, 1, 1], metresPerPx: 1, layerIds: [], filters: {}, lang: 'zh' },
    { planId: 'p', view: [0, 0, 1, 1], metresPerPx: 1, layerIds: [], filters: { l: '' }, lang: 'zh' },
  ],
  'map.seen': [
    { planId: 'p', view: [0, 0, 1], layerIds: [], filters: {} },
    { planId: 'p', view: [0, 0, 1, 1], layerIds: [''], filters: {} },
  ],
  'map.extentOf': [{ planId: 'p', layerId: 'l', features: [7] }],
  'map.systems': [{ planId: '' }],
  'map.look': [{ planId: '' }],
  'map.setLook': [
    { planId: 'p', look: {} },
    { planId: 'p', look: { ...FRESH_LOOK, palette: 'rainbow' } },
    { planId: 'p', look: { ...FRESH_LOOK, layers: { l: { opacity: 2 } } } },
    { planId: 'p', look: { ...FRESH_LOOK, bookmarks: [{ name: ' ', centre: [0, 0], metresPerPx: 1 }] } },
  ],
  'map.features': [
    { planId: 'p', layerId: 'l', fids: [0.5] },
    { planId: 'p', layerId: 'l', fids: Array.from({ length: 20_001 }, (_, fid) => fid) },
  ],
} satisfies Partial<Record<ProcedureName, unknown[]>>
