import type { FileToken } from '../model/ids.ts'
import { bilingual } from '../text.ts'
import type { LegendEntry } from './map-data.ts'
import type { OverlayInfo, overlayProcedures, OverlayView } from './overlay-procedures.ts'
import type { Handlers } from './procedures.ts'

const gap: LegendEntry = {
  index: 0,
  code: 'gap',
  label: bilingual('绿楔断点', 'Gap of a wedge'),
  fill: null,
  stroke: '#B2182B',
  strokeWidthPx: 6,
  dash: null,
  hatch: 'none',
  features: 2,
}

const GAPS: OverlayInfo = {
  id: 'gaps',
  group: 'network',
  title: bilingual('廊道与绿楔断点', 'Gaps of corridors and wedges'),
  summary: bilingual('逐处编号', 'Each break numbered'),
  source: bilingual('样例', 'sample'),
  parameters: [
    {
      name: 'wedgeWidthM',
      title: bilingual('绿楔最小宽度', 'Least width of a wedge'),
      default: 60,
      min: 5,
      max: 2000,
      unit: 'm',
      source: 'sample',
      value: 60,
    },
  ],
  lacks: [],
  isSlow: false,
  isReady: false,
}

/** What a plan without people would be told. */
const UNSERVED: OverlayInfo = {
  ...GAPS,
  id: 'unserved',
  group: 'access',
  title: bilingual('服务不到的人口', 'Unserved population'),
  parameters: [],
  lacks: [['population', 'population_grid'], ['green']],
}

const VIEW: OverlayView = {
  overlay: 'gaps',
  title: GAPS.title,
  method: bilingual('沿绿楔中轴量取宽度。', 'Widths were measured along the middle of wedges.'),
  notes: [],
  parameters: { wedgeWidthM: 60 },
  outcome: {
    kind: 'drawn',
    figures: [{ title: bilingual('断点', 'Gaps'), value: 2, unit: 'count' }],
    parts: [
      {
        id: 'gaps',
        title: bilingual('断点', 'Gaps'),
        labels: ['1', '2'],
        legend: [gap],
        shapes: 2,
        shape: {
          kind: 'line',
          xyM: Float64Array.of(0, 0, 400, 0, 1000, 500, 1000, 620),
          ringOff: Uint32Array.of(0, 2, 4),
          featureOff: Uint32Array.of(0, 1, 2),
          fid: Float64Array.of(1, 2),
        },
        classOf: Uint16Array.of(0, 0),
        rowOf: Uint32Array.of(1, 2),
        boxesM: Float64Array.of(0, 0, 400, 0, 1000, 500, 1000, 620),
        anchorsM: Float64Array.of(200, 0, 1000, 560),
        list: {
          id: 'gaps',
          kind: 'list',
          title: bilingual('断点（由长到短）', 'Gaps, the longest first'),
          rowTitle: bilingual('廊道或绿楔', 'Corridor or wedge'),
          columns: [
            { key: 'lengthM', title: bilingual('长度', 'Length'), unit: 'm' },
            { key: 'cause', title: bilingual('原因', 'Cause'), unit: null },
          ],
          rows: [
            {
              key: '1',
              title: bilingual('西楔', 'West wedge'),
              cells: [400, bilingual('1101 物流仓储用地', '1101 warehousing')],
            },
            {
              key: '2',
              title: bilingual('北楔', 'North wedge'),
              cells: [120, bilingual('0701 城镇住宅用地', '0701 urban housing')],
            },
          ],
        },
      },
    ],
  },
}

/** Answers about overlays, for hosts and screens that need a backend but no catalogue. */
export const sampleOverlays: Pick<Handlers, keyof typeof overlayProcedures> = {
  'overlays.list': () => [GAPS, UNSERVED],
  'overlays.compute': ({ overlay }) => ({ ...VIEW, overlay }),
  'overlays.export': ({ format, target }) => ({
    fileName: `overlays.${format}`,
    sizeBytes: 4096,
    sha256: 'b'.repeat(64),
    download: target === null ? ('download-3' as FileToken) : null,
  }),
}
