import path from 'node:path'
import { AppError } from '#core/errors.ts'
import type { Extent } from '#core/crs/coordinates.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import { bilingual } from '#core/text.ts'
import type { Format, OpenedSource, OpenOptions, SourceLayer } from './format.ts'
import { shownName } from './read-file.ts'
import { decodedText, textEncoding } from './text-encoding.ts'
import { vctCrs } from './vct-crs.ts'
import { versionNote } from './vct-head.ts'
import { VctLayer } from './vct-layer.ts'
import { VctLines } from './vct-lines.ts'
import { VctObjects, type VctObject } from './vct-objects.ts'
import { indexVct, sectionOf, skipSection, tableKey, type VctIndex } from './vct-reader.ts'

const SECTIONS: Record<string, GeometryKind> = { point: 'point', annotation: 'point', line: 'line', polygon: 'polygon' }

/** The second pass: objects with their attributes, into a layer for each table. */
class VctFeatures {
  readonly layers = new Map<string, VctLayer>()
  readonly #index: VctIndex
  readonly #stagingDir: string | undefined
  #isNorthFirst = false

  constructor(index: VctIndex, stagingDir: string | undefined) {
    this.#index = index
    this.#stagingDir = stagingDir
  }

  #layerOf({ code }: VctObject): VctLayer {
    const known = this.#index.codes.get(code)
    const name = known?.table || known?.name || code
    const key = tableKey(name)
    const found = this.layers.get(key)
    if (found) return found
    const table = this.#index.tables.find((candidate) => tableKey(candidate.name) === key)
    const made = new VctLayer(name, this.#index, this.#index.attributes.get(key), table, this.#stagingDir)
    this.layers.set(key, made)
    return made
  }

  read(lines: VctLines): void {
    for (let line = lines.nextOrEnd(); line !== null; line = lines.nextOrEnd()) {
      const section = sectionOf(line)
      if (section === null) continue
      if (SECTIONS[section] === undefined) skipSection(lines, section)
      else this.#section(section, lines)
    }
  }

  #section(section: string, lines: VctLines): void {
    const objects = new VctObjects(lines, this.#index.head)
    this.#isNorthFirst = objects.isNorthFirst
    const touched = new Set<VctLayer>()
    for (let object = objects.begin(section); object !== null; object = objects.begin(section)) {
      if (section === 'line') {
        const runs = objects.line()
        if (this.#index.codes.get(object.code)?.kind !== 'line') continue
        this.#layerOf(object).addLine(object, runs)
      } else if (section === 'point') this.#layerOf(object).addPoint(object, objects.point(), null)
      else if (section === 'polygon') this.#layerOf(object).addArea(object, objects.polygon())
      else {
        const { text, place } = objects.annotation()
        this.#layerOf(object).addPoint(object, place, text)
      }
      touched.add(this.#layerOf(object))
    }
    for (const layer of touched) layer.spooled.tally.droppedZ ||= objects.hasHeights
  }

  get extent(): Extent | null {
    const boxes = [...this.layers.values()].flatMap(({ spooled }) => (spooled.extent === null ? [] : [spooled.extent]))
    if (boxes.length === 0) return null
    const edge = (at: 0 | 1 | 2 | 3, pick: (...values: number[]) => number): number => pick(...boxes.map((box) => box[at]))
    return [edge(0, Math.min), edge(1, Math.min), edge(2, Math.max), edge(3, Math.max)]
  }

  toLayers(encoding: SourceLayer['encoding']): SourceLayer[] {
    const { head, notes } = this.#index
    const crs = vctCrs(head, this.extent)
    const axes = {
      severity: 'info' as const,
      code: 'vct.north-first',
      text: bilingual('文件头写明 X 轴指北，已交换坐标', 'the header says that X points north: coordinates were exchanged'),
    }
    const ofFile = [versionNote(head), ...(this.#isNorthFirst ? [axes] : []), ...notes]
    return [...this.layers.values()].flatMap((layer, index) => {
      layer.spooled.notes.push(...(index === 0 ? ofFile : []), ...layer.notes())
      return layer.spooled.toLayers({ crs, encoding })
    })
  }

  close(): void {
    for (const { spooled } of this.layers.values()) spooled.close()
  }
}

function openVct(file: string, options: OpenOptions): OpenedSource {
  const shown = shownName(file, options)
  const { label, guess } = textEncoding(file, shown, options.encoding)
  const half =
    (from: number): OpenOptions['report'] =>
    (done, total) =>
      options.report(from * total + done, 2 * total)
  const linesOf = (from: number): VctLines => new VctLines(decodedText(file, shown, label, half(from)), shown)
  const index = indexVct(linesOf(0), options.stagingDir)
  const features = new VctFeatures(index, options.stagingDir)
  try {
    features.read(linesOf(1))
    const layers = features.toLayers(guess)
    if (layers.length === 0) throw new AppError('import.no-layers', { file: shown })
    return { layers, close: () => features.close() }
  } catch (error) {
    features.close()
    throw error
  } finally {
    index.close()
  }
}

/** The Chinese text exchange format (GB/T 17798), versions 1 to 3: see `docs/vct.md` for what of it is read. */
export const vct: Format = {
  id: 'vct',
  label: bilingual('VCT 地理空间数据交换格式（GB/T 17798，1.0–3.0）', 'VCT spatial data transfer (GB/T 17798, versions 1 to 3)'),
  extensions: ['.vct'],
  recognises: (file) => path.extname(file).toLowerCase() === '.vct',
  open: openVct,
}
