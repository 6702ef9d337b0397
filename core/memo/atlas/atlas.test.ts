import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertOwnSvg } from '../../map/own-svg.ts'
import { PT_PER_MM } from '../../map/paper.ts'
import { mapSheet } from '../../map/map-sheet.ts'
import { USUAL_SCALES } from '../../map/usual-scales.ts'
import { composeMemo } from '../compose.ts'
import type { Block, MapFigure, MemoDocument } from '../document.ts'
import { exampleColumns, exampleFinding, exampleHash, exampleInput } from '../fixture.ts'
import { memoText } from '../memo-text.ts'
import { MEMO_KINDS } from '../memo-kinds.ts'
import { ATLAS_RULES } from './atlas-rules.ts'
import { mapSizeMm } from './draw.ts'
import { directionOf, planPages, usualScaleFor, windowAt, type PageRules } from './pages.ts'
import { covers, featureBox, middleOf, neighboursOf, type BoxM } from './places.ts'

const rules: PageRules = { mapMm: [97, 83], leastScale: 2000, placeShare: 0.5, sharedShare: 0.3 }
const box = fc
  .tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 40_000 }), fc.nat(9000), fc.nat(9000))
  .map(([x, y, across, up]): BoxM => [x, y, x + across, y + up])
const places = fc.array(box, { maxLength: 60 }).map((boxes) => boxes.map((boxM, member) => ({ member, boxM })))
const WHOLE: BoxM = [0, 0, 49_000, 49_000]

describe('pages of an atlas', () => {
  it('hold every place once, at most so many pages, each at a usual scale with its places in sight', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 12 }), (all, most) => {
        const { pages, leftOut } = planPages(all, WHOLE, rules, most)
        expect(pages.length).toBeLessThanOrEqual(most)
        const told = [...pages.flatMap(({ members }) => members), ...leftOut]
        expect(told.toSorted((a, b) => a - b)).toEqual(all.map(({ member }) => member))
        for (const { members, centreM, scale } of pages) {
          expect(USUAL_SCALES.map(({ denominator }) => denominator)).toContain(scale)
          const seen = windowAt(centreM, scale, rules.mapMm)
          for (const member of members) {
            const [minX, minY, maxX, maxY] = all[member]?.boxM ?? WHOLE
            expect(seen[0] <= minX && seen[1] <= minY && seen[2] >= maxX && seen[3] >= maxY).toBe(true)
          }
        }
      }),
    )
  })

  it('leave nothing out where there is room, and share one page where everything is at one place', () => {
    fc.assert(
      fc.property(box, fc.integer({ min: 1, max: 30 }), (boxM, count) => {
        const same = Array.from({ length: count }, (_, member) => ({ member, boxM }))
        const { pages, leftOut } = planPages(same, WHOLE, rules, 1)
        expect(pages).toHaveLength(1)
        expect(leftOut).toEqual([])
      }),
    )
  })

  it('choose the largest usual scale at which a place keeps its surroundings', () => {
    expect(usualScaleFor([0, 0, 1, 1], rules)).toBe(2000)
    expect(usualScaleFor([0, 0, 97 * 2.5, 10], rules)).toBe(5000)
    expect(usualScaleFor([0, 0, 97 * 2.5 + 1, 10], rules)).toBe(10_000)
  })

  it('say which way a place lies', () => {
    expect(directionOf([0, 0], [5, 5], 'zh')).toBe('东北')
    expect(directionOf([0, 0], [0, -5], 'en')).toBe('S')
    expect(directionOf([0, 0], [-5, 0.1], 'en')).toBe('W')
  })
})

describe('places', () => {
  const [layer] = exampleColumns(6).filter(({ kind }) => kind === 'polygon')

  it('lie in the area whose middle they are, and its neighbours lie beside it', () => {
    if (layer === undefined) throw new Error('no areas')
    const within = featureBox(layer, 7)
    if (within === null) throw new Error('no shape')
    expect(covers(layer, 7, middleOf(within))).toBe(true)
    expect(covers(layer, 8, middleOf(within))).toBe(false)
    const near = neighboursOf(layer, 7)
    expect(near.length).toBeGreaterThan(1)
    for (const other of near) expect(neighboursOf(layer, other)).toContain(7)
  })
})

const findings = [
  {
    ...exampleFinding(1, 'B01', 'must', '压占生态保护红线。', '请退让。'),
    evidence: [{ layer: 'landuse_plan' as const, fid: 3 }],
  },
  { ...exampleFinding(2, null, 'note', '图件未标注审图号。', ''), evidence: [] },
  { ...exampleFinding(3, 'A03', 'should', '北部缺公园。', '请补充。'), mark: { kind: 'point' as const, xyM: [300, 300] } },
]
const input = exampleInput(exampleHash, { findings })
const atlasOf = (document: MemoDocument): Block[] => document.sections.find(({ id }) => id === 'atlas')?.blocks ?? []
const figuresOf = (blocks: readonly Block[]): MapFigure[] =>
  blocks.flatMap((block) => (block.kind === 'map' ? [block.figure] : []))
const withAtlas = { sections: ['cover', 'atlas', 'seal'] }

describe('the atlas of a memo', () => {
  it.each(['zh', 'en', 'both'] as const)(
    'in %s has an overview that folds out and a page per place, ours and registered',
    (lang) => {
      const document = composeMemo(input, lang, withAtlas)
      const figures = figuresOf(atlasOf(document))
      expect(figures.length).toBeGreaterThan(2)
      expect(figures[0]).toMatchObject({ page: { paper: 'A3', orientation: 'landscape' } })
      for (const { svg, alt, registration, widthMm, heightMm, page } of figures) {
        assertOwnSvg(svg)
        // A map of a bilingual memo stands once and says both languages.
        expect(svg).toContain({ zh: '比例尺 1:', en: 'Scale 1:', both: '比例尺 Scale 1:' }[lang])
        expect(svg).toContain({ zh: '>北<', en: '>N<', both: '>北 N<' }[lang])
        expect(alt.length).toBeGreaterThan(10)
        expect(registration?.drawing).toEqual([widthMm, heightMm])
        expect(page !== undefined || (widthMm === 156 && heightMm <= ATLAS_RULES.page.mostHeightMm)).toBe(true)
      }
      const words = memoText({ ...document, sections: document.sections.filter(({ id }) => id === 'atlas') })
      for (const { text } of findings.filter(({ number }) => number !== 2)) expect(words).toContain(text)
      expect(words).toContain(lang === 'en' ? 'Without a place on the map' : '没有图上位置')
    },
  )

  it.each(['zh', 'en', 'both'] as const)('gives up height for a long legend: no map is higher than its page in %s', (lang) => {
    const [figure] = figuresOf(composeMemo(input, lang, { sections: ['map'] }).sections.flatMap(({ blocks }) => blocks))
    const { layers, frame } = input
    const words = { title: 'T', caption: 'C', alt: 'A', crs: 'X', date: 'D', marked: new Map<string, Set<number>>(), lang }
    for (const maxHeightMm of [200, 140, 110])
      expect(mapSheet({ layers, frame, ...words, widthMm: 156, maxHeightMm })?.heightMm).toBeLessThanOrEqual(maxHeightMm)
    expect(figure?.heightMm).toBeLessThanOrEqual(200)
  })

  it('is drawn true to the scale that it states', () => {
    for (const { registration, caption } of figuresOf(atlasOf(composeMemo(input, 'en', withAtlas)))) {
      const scale = Number(/1:([\d ]+)$/.exec(caption)?.[1]?.replaceAll(' ', ''))
      const [left, , right] = registration?.frame ?? [0, 0, 0, 0]
      const [[lon, lat] = [0, 0], , , [lonEast] = [0, 0]] = registration?.corners ?? []
      // Along a parallel of a small map: metres per degree of longitude on the ellipsoid.
      const phi = (lat * Math.PI) / 180
      const e2 = 0.0066943800229
      const metres = ((lonEast - lon) * Math.PI * 6378137 * Math.cos(phi)) / (180 * Math.sqrt(1 - e2 * Math.sin(phi) ** 2))
      expect((metres * 1000) / (right - left) / scale).toBeCloseTo(1, 3)
    }
  })

  it('gives every drawing names of its own: they stand on one page of the web', () => {
    const ids = figuresOf(atlasOf(composeMemo(input, 'zh', withAtlas))).flatMap(({ svg }) =>
      [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is in no kind of memo by itself', () => {
    for (const { sections } of MEMO_KINDS) expect(sections).not.toContain('atlas')
  })

  it('names what is beyond its limit', () => {
    const many = Array.from({ length: 90 }, (_, at) => ({
      ...exampleFinding(at + 1, 'A03', 'should', `第 ${at + 1} 处。`, ''),
      mark: { kind: 'point' as const, xyM: [(at % 10) * 5000, Math.floor(at / 10) * 5000] },
    }))
    const blocks = atlasOf(composeMemo(exampleInput(exampleHash, { findings: many }), 'zh', withAtlas))
    const words = blocks.flatMap((block) => (block.kind === 'paragraph' ? block.runs.map(({ text }) => text) : [])).join('')
    const pages = blocks.filter((block) => block.kind === 'heading').length
    const drawn = blocks.flatMap((block) => (block.kind === 'facts' ? block.rows.map(({ label }) => label) : [])).join(' ')
    expect(pages).toBeLessThanOrEqual(ATLAS_RULES.mostFindingPages + ATLAS_RULES.mostUnitPages)
    for (const { number } of many) expect(new RegExp(`(^|\\D)${number}(\\D|$)`).test(words + drawn)).toBe(true)
  })

  it('draws a map on all of a figure but its furniture', () => {
    const [widthMm, heightMm] = mapSizeMm([156, 150])
    expect(widthMm).toBeGreaterThan(90)
    expect(heightMm * PT_PER_MM).toBeGreaterThan(300)
  })
})
