import type { CallContext, ExportedFile, Input, Output } from '#core/contract/procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { exportFile, type ExportDependencies } from '../export-file.ts'
import { exportName } from '../export-name.ts'
import type { WrittenFile } from '../memo/write-file.ts'
import { workerLink } from '../worker-link.ts'
import type { AttributeRequest } from './attribute-worker.ts'

type Answers<N extends 'layers' | 'page' | 'place' | 'statistics' | 'select' | 'selectWithin' | 'search'> = (
  input: Input<`attributes.${N}`>,
  call?: CallContext,
) => Promise<Output<`attributes.${N}`>>

/** @throws AppError `catalogue.not-found` for a layer that the plan does not have, `attributes.*` for filters */
export interface AttributeDesk {
  layers: Answers<'layers'>
  page: Answers<'page'>
  place: Answers<'place'>
  statistics: Answers<'statistics'>
  select: Answers<'select'>
  selectWithin: Answers<'selectWithin'>
  search: Answers<'search'>
  /** @throws AppError `import.files-gone` too */
  export(input: Input<'attributes.export'>, call: CallContext): Promise<ExportedFile>
  close(): Promise<void>
}

interface DeskDependencies extends ExportDependencies {
  planOf: (planId: PlanId) => { plan: Plan; layers: Layer[] }
  gpkgPath: (sha256: string) => string
  cacheDir: string
}

type Ask<T> = T extends AttributeRequest ? Omit<T, 'plan' | 'layers' | 'files'> : never

/** The features of stored plans as tables: one worker thread that reads the plan's GeoPackage, started when first asked. */
export function createAttributeDesk({ planOf, gpkgPath, cacheDir, ...house }: DeskDependencies): AttributeDesk {
  const link = workerLink<AttributeRequest>('attribute-worker')

  async function ask<T>(planId: PlanId, request: Ask<AttributeRequest>, call?: CallContext): Promise<T> {
    const { plan, layers } = planOf(planId)
    return link.ask<T>({ ...request, plan, layers, files: { gpkg: gpkgPath(plan.gpkgSha256), cacheDir } }, call)
  }

  return {
    layers: ({ planId }) => ask(planId, { ask: 'layers' }),
    page: ({ planId, layerId, where, only, sort, offset, limit }, call) =>
      ask(planId, { ask: 'page', layerId, rows: { where, only, sort }, offset, limit }, call),
    place: ({ planId, layerId, where, only, sort, fid }, call) =>
      ask(planId, { ask: 'place', layerId, rows: { where, only, sort }, fid }, call),
    statistics: ({ planId, layerId, where, only, field }, call) =>
      ask(planId, { ask: 'statistics', layerId, rows: { where, only, sort: [] }, field }, call),
    select: ({ planId, layerId, where }, call) => ask(planId, { ask: 'select', layerId, where }, call),
    selectWithin: ({ planId, layerIds, xyM, mode }) => ask(planId, { ask: 'within', layerIds, xyM, mode }),
    search: ({ planId, text, limit }) => ask(planId, { ask: 'search', text, limit }),
    export({ planId, layerId, where, only, sort, columns, lang, target, format = 'csv' }, call) {
      const { plan, layers } = planOf(planId)
      const role = layers.find(({ id }) => id === layerId)?.role ?? 'other'
      const fileName = exportName(plan.nameZh ?? plan.name, `${role}.${format}`)
      const leaving = {
        target,
        fileName,
        action: 'attributes.exported',
        object: planId,
        detail: { layer: layerId, where, format },
      }
      return exportFile(house, leaving, call, (file) =>
        ask<WrittenFile>(
          planId,
          { ask: 'export', layerId, rows: { where, only, sort }, columns: columns ?? null, lang, target: file, format },
          call,
        ),
      )
    },
    close: () => link.close(),
  }
}
