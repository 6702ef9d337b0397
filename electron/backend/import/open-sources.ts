import { AppError } from '#core/errors.ts'
import type { ManifestLayer } from '#core/model/manifest.ts'
import type { Note } from '#core/model/plan.ts'
import { roleInfo, type GeometryKind, type LayerKind } from '#core/model/roles.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import type { OpenedSource, SourceLayer } from '../formats/format.ts'
import { openLightly } from '../formats/open-source.ts'
import type { StatFs } from '#db/filesystem.ts'
import { resolveSource, type SourceRoot } from './resolve-source.ts'
import { kindName, otherKindNote } from './import-notes.ts'
import { localSource, type LocalSource } from './local-copy.ts'
import { swapAxes } from './swap-axes.ts'

/** A layer that the manifest asks for, found in its file. */
export interface ChosenLayer {
  wanted: ManifestLayer
  source: SourceLayer
  kind: GeometryKind
  notes: Note[]
}

/** Opens each file once, however many layers of the manifest it holds; from a copy where it lies on a share. */
export function sourceOpener(root: SourceRoot, report: (file: string, done: number, total: number) => void, statfs?: StatFs) {
  const opened = new Map<string, OpenedSource>()
  const copies: LocalSource[] = []
  return {
    async open(layer: ManifestLayer): Promise<OpenedSource> {
      const full = resolveSource(root, layer.path)
      const key = JSON.stringify([full, layer.encoding ?? null])
      const known = opened.get(key)
      if (known) return known
      const local = localSource(full, layer.path, statfs)
      copies.push(local)
      const source = await openLightly(local.path, {
        encoding: layer.encoding ?? null,
        displayName: layer.path,
        report: (done, total) => report(layer.path, done, total),
      })
      opened.set(key, source)
      return source
    },
    close() {
      for (const source of opened.values()) source.close()
      for (const copy of copies) copy.remove()
    },
  }
}

/**
 * The source layers that a manifest's layer means: those of its name (or of the only name there is) whose kind of geometry
 * fits the role. A mixed file gives one per fitting kind; kinds that do not fit are noted as left out.
 */
export function chooseLayers(wanted: ManifestLayer, opened: OpenedSource): ChosenLayer[] {
  const file = wanted.path
  const filled = opened.layers.filter((layer) => layer.count > 0 && layer.kind !== null)
  const named = ofName(wanted, opened.layers, filled)
  if (named.length === 0) throw new AppError('import.nothing-left', { file, layer: wanted.layer ?? null, cause: 'empty' })
  const role = roleInfo(wanted.role)
  const fits = (layer: SourceLayer) => layer.kind !== null && role.kinds.includes(layer.kind)
  const fitting = named.filter(fits)
  if (fitting.length === 0)
    throw new AppError('import.wrong-kind', {
      file,
      layer: wanted.layer ?? null,
      role: role.title,
      wanted: listed(role.kinds),
      found: listed(named.flatMap(({ kind }) => (kind === null ? [] : [kind]))),
    })
  const leftOut = named.filter((layer) => !fits(layer))
  return fitting.flatMap((source, i) => {
    if (source.kind === null) return []
    const notes = i === 0 ? leftOut.flatMap(({ kind, count }) => (kind === null ? [] : [otherKindNote(kind, count)])) : []
    const read = wanted.swapAxes === true ? swapAxes(source) : source
    return [{ wanted, source: read, kind: source.kind, notes: [...source.notes, ...notes, ...swapNotes(wanted)] }]
  })
}

const swapNotes = ({ swapAxes: swap }: ManifestLayer): Note[] =>
  swap === true
    ? [
        {
          severity: 'info',
          code: 'axes.swapped',
          text: bilingual('按清单交换了 x 与 y。', 'x and y were exchanged, as the manifest says.'),
        },
      ]
    : []

function ofName(wanted: ManifestLayer, all: readonly SourceLayer[], filled: readonly SourceLayer[]): SourceLayer[] {
  const file = wanted.path
  if (wanted.layer !== null && wanted.layer !== undefined) {
    const found = all.some(({ layer }) => layer === wanted.layer)
    if (!found)
      throw new AppError('import.layer-missing', { file, layer: wanted.layer, found: all.map(({ layer }) => layer ?? file) })
    return filled.filter(({ layer }) => layer === wanted.layer)
  }
  const names = [...new Set(filled.map(({ layer }) => layer))]
  if (names.length > 1) throw new AppError('import.layer-ambiguous', { file, layers: names.map((name) => name ?? file) })
  return [...filled]
}

const listed = (kinds: readonly LayerKind[]): Bilingual => ({
  zh: kinds.map((kind) => kindName(kind).zh).join('或'),
  en: kinds.map((kind) => kindName(kind).en).join(' or '),
})
