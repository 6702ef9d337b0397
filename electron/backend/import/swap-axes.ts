import type { SourceGeometry, SourceLayer } from '../formats/format.ts'

type Extent = [number, number, number, number]

const swappedExtent = ([minX, minY, maxX, maxY]: Extent): Extent => [minY, minX, maxY, maxX]

function swappedRun(run: Float64Array): Float64Array {
  const swapped = new Float64Array(run.length)
  for (let i = 0; i + 1 < run.length; i += 2) {
    swapped[i] = run[i + 1] ?? 0
    swapped[i + 1] = run[i] ?? 0
  }
  return swapped
}

const swappedGeometry = ({ kind, parts }: SourceGeometry): SourceGeometry => ({
  kind,
  parts: parts.map((runs) => runs.map(swappedRun)),
})

/** The layer with x and y exchanged, for files that give north before east. Streams like the layer it wraps. */
export function swapAxes(layer: SourceLayer): SourceLayer {
  return {
    ...layer,
    extent: layer.extent === null ? null : swappedExtent(layer.extent),
    *features() {
      for (const feature of layer.features()) {
        yield { ...feature, geometry: feature.geometry === null ? null : swappedGeometry(feature.geometry) }
      }
    },
  }
}
