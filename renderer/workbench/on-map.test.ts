import { expect, it } from 'vitest'
import type { MapLayer } from '#core/contract/map-data.ts'
import type { LayerId } from '#core/model/ids.ts'
import { onMap } from './on-map.ts'

const layer = (id: string, order: number, classes: number): MapLayer => ({
  id: id as LayerId,
  role: 'green',
  name: id,
  title: { zh: id, en: id },
  kind: 'polygon',
  features: 10,
  order,
  visible: true,
  legend: Array.from({ length: classes }, (_, index) => ({
    index,
    code: String(index),
    label: { zh: `类${index}`, en: `class ${index}` },
    fill: null,
    stroke: null,
    strokeWidthPx: 1,
    dash: null,
    hatch: 'none',
    features: 1,
  })),
})

it('tells what is in sight: the top layer first, the commonest class of each first, at most five', () => {
  const layers = [layer('below', 1, 7), layer('above', 2, 1), layer('empty', 3, 2)]
  const seen = [
    { layerId: layers[0]?.id ?? ('' as LayerId), features: [1, 9, 0, 3, 4, 5, 6] },
    { layerId: layers[1]?.id ?? ('' as LayerId), features: [2] },
    { layerId: layers[2]?.id ?? ('' as LayerId), features: [0, 0] },
  ]
  const told = onMap(layers, seen)
  expect(told.map(({ layer: { name }, features }) => [name, features])).toEqual([
    ['above', 2],
    ['below', 28],
  ])
  expect(told[1]?.classes.map(({ label, features }) => [label.en, features])).toEqual([
    ['class 1', 9],
    ['class 6', 6],
    ['class 5', 5],
    ['class 4', 4],
    ['class 3', 3],
  ])
})
