import { useMemo } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { LayerId } from '#core/model/ids.ts'
import { roleInfo, type GeometryKind, type Role } from '#core/model/roles.ts'
import type { Bilingual } from '#core/text.ts'
import type { DrawnFeature } from './changed-features.ts'
import { useOptions } from './option-store.ts'

/** What can be selected from: a layer of the plan with what the option drew into it, or a role in which there is only what it drew. */
export interface EditSource {
  id: string
  layerId: LayerId | null
  role: Role
  kind: GeometryKind
  title: Bilingual
}

const isKind = (kind: string): kind is GeometryKind => kind !== 'raster'

/** Role and kind of what was drawn, as the engine reads it: without a kind the plan's own in that role, else the role's first. */
export function placeOfDrawing({ where }: DrawnFeature, { layers }: MapSetup): { role: Role; kind: GeometryKind } | null {
  if ('layerId' in where) {
    const layer = layers.find(({ id }) => id === where.layerId)
    return layer && layer.role !== 'topology' && isKind(layer.kind) ? { role: layer.role, kind: layer.kind } : null
  }
  const kinds = roleInfo(where.role).kinds.filter(isKind)
  const own = kinds.find((kind) => layers.some((layer) => layer.role === where.role && layer.kind === kind))
  const kind = where.kind ?? own ?? kinds[0]
  return kind === undefined ? null : { role: where.role, kind }
}

/** Every layer that can be edited, and every role that has only drawings. */
export function editSources(setup: MapSetup, drawn: readonly DrawnFeature[]): EditSource[] {
  const sources = setup.layers.flatMap(({ id, role, kind, title }): EditSource[] =>
    isKind(kind) && role !== 'topology' ? [{ id, layerId: id, role, kind, title }] : [],
  )
  for (const drawing of drawn) {
    const place = placeOfDrawing(drawing, setup)
    if (place === null || sources.some(({ role, kind }) => role === place.role && kind === place.kind)) continue
    sources.push({ id: `${place.role} ${place.kind}`, layerId: null, ...place, title: roleInfo(place.role).title })
  }
  return sources
}

/** What the option drew that belongs to a source: to the first where several layers are read as one. */
export const drawnIn = (source: EditSource, sources: readonly EditSource[], setup: MapSetup, drawn: readonly DrawnFeature[]) =>
  drawn.filter((drawing) => {
    const place = placeOfDrawing(drawing, setup)
    return place !== null && sources.find(({ role, kind }) => role === place.role && kind === place.kind)?.id === source.id
  })

/** The source that is selected from (as chosen, else planned land use, else the first), and what the option drew in it. */
export function useEditSource(setup: MapSetup | null, drawn: readonly DrawnFeature[]) {
  const wanted = useOptions((state) => state.source)
  return useMemo(() => {
    if (setup === null) return { sources: [], source: null, drawings: [] }
    const sources = editSources(setup, drawn)
    const source =
      sources.find(({ id }) => id === wanted) ?? sources.find(({ role }) => role === 'landuse_plan') ?? sources[0] ?? null
    return { sources, source, drawings: source ? drawnIn(source, sources, setup, drawn) : [] }
  }, [setup, drawn, wanted])
}
