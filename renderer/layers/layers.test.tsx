import fc from 'fast-check'
import i18next from 'i18next'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LegendEntry, MapLayer } from '#core/contract/map-data.ts'
import { FRESH_LOOK, resolutionOf, type MapLook } from '#core/map/look.ts'
import { drawnAt, moveGroup, moveLayer, withLayer } from '#core/map/layer-tree.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { roleInfo, type Role } from '#core/model/roles.ts'
import { LANGS, type Lang } from '#core/text.ts'
import { fakeLayers, fakePlan } from '../api/fake/fake-data.ts'
import { markup, nothing, startWords, textOf, words } from '../api/fake/show.tsx'
import { useMapPlace } from '../map/map-place.ts'
import type { Sight } from '../map/view-trail.ts'
import { LayerDetail } from './layer-detail.tsx'
import { LayerTree } from './layer-tree.tsx'
import { rangeWith } from './layer-range.tsx'
import { LegendList } from './legend-list.tsx'
import { bookmarkOf, goToBookmark } from './sights.ts'
import { formatOf, SourceCard } from './source-card.tsx'
import { dropPlace, treeStep } from './tree-keys.ts'
import { seenCounts } from './use-seen.ts'

const entry = (index: number, zh: string, features: number): LegendEntry => ({
  index,
  code: String(index),
  label: { zh, en: `class ${index}` },
  fill: '#00AA00',
  stroke: null,
  strokeWidthPx: 1,
  dash: null,
  hatch: 'none',
  features,
})
const layerOf = (role: Role, order: number): MapLayer => ({
  id: role as string as LayerId,
  role,
  name: `${role}.shp`,
  title: roleInfo(role).title,
  kind: 'polygon',
  features: 1200,
  legend: [entry(0, '耕地', 800), entry(1, '林地', 400)],
  order,
  visible: true,
})
const layers = [layerOf('eco_redline', 30), layerOf('pbf', 20), layerOf('landuse_plan', 10)]
const [redline, farmland] = [layers[0]!.id, layers[1]!.id]

const tree = (look: MapLook, more: Partial<Parameters<typeof LayerTree>[0]> = {}) =>
  markup(
    <LayerTree
      planId={'p' as PlanId}
      layers={layers.map((layer) => ({ layer, usual: layer.title, attributes: null, source: null }))}
      look={look}
      visible={new Set(layers.map(({ id }) => id))}
      solo={null}
      metresPerPixel={resolutionOf(100_000)}
      seen={null}
      {...more}
    />,
  )
const rowsOf = (html: string) => [...html.matchAll(/data-row="([^"]+)"/g)].map(([, row]) => row)

beforeAll(async () => {
  await startWords()
})

describe.each(LANGS)('the layer tree in %s', (lang: Lang) => {
  beforeEach(async () => {
    await i18next.changeLanguage(lang)
  })
  const either = (zh: string, en: string) => (lang === 'zh' ? zh : en)

  it('lists groups and layers as they were arranged, and leaves out what lies in a closed group', () => {
    expect(rowsOf(tree(FRESH_LOOK))).toEqual(['group control', 'eco_redline', 'pbf', 'group landuse', 'landuse_plan'])
    const moved = moveGroup(layers, moveLayer(layers, FRESH_LOOK, farmland, 0), 'landuse', 0)
    expect(rowsOf(tree(moved))).toEqual(['group landuse', 'landuse_plan', 'group control', 'pbf', 'eco_redline'])
    expect(rowsOf(tree({ ...moved, closed: ['control'] }))).toEqual(['group landuse', 'landuse_plan', 'group control'])
  })

  it('names every control, and says how much of a group is shown', () => {
    const html = tree(FRESH_LOOK, { visible: new Set([redline]) })
    for (const button of html.match(/<button[^>]*>/g) ?? []) expect(button).toMatch(/aria-label="[^"]+"/)
    for (const box of html.match(/<input[^>]*type="checkbox"[^>]*>/g) ?? []) expect(box).toMatch(/aria-label="[^"]+"/)
    expect(textOf(html)).toContain('1/2')
  })

  it('says why a layer is not drawn at a scale, and what was changed about it', () => {
    const look = withLayer(FRESH_LOOK, redline, { farthest: 50_000, opacity: 0.4, where: 'area > 2 ha' })
    const shown = textOf(tree(look))
    expect(shown).toContain(either('放大到 1:50,000 以上才显示', 'zoom in to 1:50,000'))
    expect(shown).toContain('40%')
    expect(shown).toContain('area > 2 ha'.replace('>', '&gt;'))
    expect(textOf(tree(look, { metresPerPixel: resolutionOf(25_000) }))).not.toContain('1:50,000')
  })

  it('counts what is in sight beside what there is', () => {
    const seen = seenCounts([{ layerId: redline, features: [7, 5] }])
    expect(textOf(tree(FRESH_LOOK, { seen }))).toContain('12/1,200')
  })

  it('a legend names all classes, or those in sight, or says that there are none', () => {
    const legend = (seen: number[] | null) => words(<LegendList layer={layers[0]!} seen={seen} />)
    expect(legend(null)).toContain(either('耕地 800', 'class 0 800'))
    expect(legend([0, 3])).not.toContain(either('耕地', 'class 0'))
    expect(legend([0, 3])).toContain(either('林地 3', 'class 1 3'))
    expect(legend([0, 0])).toContain(either('没有此层的要素', 'Nothing of this layer'))
  })

  it('shows where a layer came from, and that its system is another than the plan’s', () => {
    const layer = { ...fakeLayers[0]!, sourcePath: 'plan/ghyd.shp', sourceCrs: 'EPSG:4490' }
    const formats = [{ id: 'shapefile', label: { zh: 'Shapefile', en: 'Shapefile' }, extensions: ['.shp'] }]
    const shown = words(<SourceCard source={{ layer, plan: fakePlan, formats }} />)
    for (const part of ['ghyd.shp', 'Shapefile', 'EPSG:4490']) expect(shown).toContain(part)
    expect(shown).toContain(either('已换算', 'transformed'))
    expect(formatOf('a/b.DXF', formats)).toBe('DXF')
    expect(words(<SourceCard source={null} />)).toContain(either('导入时检查生成', 'checks of the import'))
  })

  it('settings offer what a layer can do: without attributes no filter and no table', () => {
    const shown = words(
      <LayerDetail
        layer={layers[0]!}
        usual={layers[0]!.title}
        look={withLayer(FRESH_LOOK, redline, { opacity: 0.5 })}
        isSolo={false}
        attributes={null}
        source={null}
        canMove={[false, true]}
        onMove={nothing}
      />,
    )
    expect(shown).toContain('50%')
    expect(shown).toContain(either('只看此层', 'Only this'))
    expect(shown).not.toContain(either('筛选', 'ilter'))
  })
})

describe('keys, dragging and typing in the tree', () => {
  const press = (key: string, more = {}) => ({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more })

  it('arrows walk and fold, Alt with an arrow moves; other keys are left to the controls', () => {
    expect(treeStep(press('ArrowDown'), 1, 3)).toEqual({ do: 'go', to: 2 })
    expect(treeStep(press('ArrowDown'), 2, 3)).toEqual({ do: 'go', to: 2 })
    expect(treeStep(press('End'), 0, 3)).toEqual({ do: 'go', to: 2 })
    expect(treeStep(press('ArrowLeft'), 1, 3)).toEqual({ do: 'fold', open: false })
    expect(treeStep(press('ArrowUp', { altKey: true }), 1, 3)).toEqual({ do: 'move', by: -1 })
    const others = [press(' '), press('Enter'), press('Tab'), press('ArrowUp', { ctrlKey: true }), press('x', { altKey: true })]
    expect(others.map((key) => treeStep(key, 1, 3))).toEqual(others.map(() => null))
  })

  it('what is dropped lands below those whose middle it passed', () => {
    const rows = [0, 30, 60].map((top) => ({ top, bottom: top + 30 }))
    expect([-5, 20, 46, 500].map((y) => dropPlace(y, rows))).toEqual([0, 1, 2, 3])
  })

  it('a range of scales is taken only where it can be met', () => {
    expect(rangeWith({}, 'farthest', '1:5万')).toEqual({ range: { farthest: 50_000, nearest: undefined } })
    expect(rangeWith({ farthest: 50_000 }, 'farthest', ' ')).toEqual({ range: { farthest: undefined, nearest: undefined } })
    expect(rangeWith({ farthest: 50_000 }, 'nearest', '100000')).toBe('empty')
    expect(rangeWith({}, 'nearest', 'x')).toBe('bad')
  })

  it('what is drawn at a scale is what is on and meant for it', () => {
    const look = withLayer(FRESH_LOOK, redline, { farthest: 50_000 })
    const on = new Set([redline, farmland])
    expect(drawnAt(layers, on, look, resolutionOf(100_000))).toEqual([farmland])
    expect(drawnAt(layers, on, look, resolutionOf(50_000))).toEqual([redline, farmland])
    expect(drawnAt(layers, on, look, null)).toEqual([redline, farmland])
  })
})

describe('bookmarks', () => {
  it('bring the map back to the very sight that they were made of', () => {
    const metres = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(metres, metres, fc.double({ min: 0.1, max: 500, noNaN: true }), (x, y, metresPerPixel) => {
        const sight: Sight = { centre: [x, y], metresPerPixel }
        const gone: Sight[] = []
        useMapPlace.setState({ go: (to) => gone.push(to) })
        goToBookmark(bookmarkOf('东岸', sight))
        expect(gone).toEqual([sight])
      }),
    )
  })

  it('wait for the map where there is none yet', () => {
    useMapPlace.setState({ go: null, wanted: null })
    goToBookmark({ name: '东岸', centre: [3, 4], metresPerPx: 2 })
    expect(useMapPlace.getState().wanted).toEqual({ centre: [3, 4], metresPerPixel: 2 })
  })
})
