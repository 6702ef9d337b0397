import path from 'node:path'
import type { CallContext, ExportedFile, Input } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Plan } from '#core/model/plan.ts'
import { cardsTable } from '#core/opportunity/cards-table.ts'
import { CRITERIA } from '#core/opportunity/criteria.ts'
import type { OpportunityReport } from '#core/opportunity/report.ts'
import { tableCsv } from '#core/tables/csv.ts'
import type { TableReader } from '#core/tables/shown-table.ts'
import { tableWorkbook, type TableOrigin } from '#core/tables/workbook.ts'
import { bilingual } from '#core/text.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { AnalysisService } from '../analysis/analysis-service.ts'
import type { FileTokens } from '../backend.ts'
import { exportFile } from '../export-file.ts'
import { exportName } from '../export-name.ts'
import type { Log } from '../log.ts'
import { writeFileSafely, writeThrough, type WrittenFile } from '../memo/write-file.ts'
import { readSealedFrame, writeSealedFrame } from '../store/sealed-frame.ts'
import { xlsxBytes } from '../tables/xlsx.ts'
import { writeCardsGpkg } from './cards-gpkg.ts'

export interface OpportunityDesk {
  /** @throws AppError `opportunity.no-ground`, `analysis.no-layers`, `request.cancelled` */
  find(input: Input<'opportunity.find'>, call: CallContext): Promise<OpportunityReport>
  last(planId: PlanId): OpportunityReport | null
  /** @throws AppError `opportunity.not-computed`, `import.files-gone`, `memo.cannot-write` */
  export(input: Input<'opportunity.export'>, call: CallContext): Promise<ExportedFile>
}

interface DeskDependencies {
  catalogue: Catalogue
  tokens: FileTokens
  analyses: Pick<AnalysisService, 'opportunities'>
  /** Version of the program: what another one found is not shown as this one's. */
  version: string
  actor: () => Actor
  log: Pick<Log, 'write'>
}

/** Opportunity areas of stored plans: found and scored on a worker, kept with their choice, and on their way out as files. */
export function createOpportunityDesk({ catalogue, tokens, analyses, version, actor, log }: DeskDependencies): OpportunityDesk {
  /** Also where nothing may be written. */
  const inMemory = new Map<PlanId, OpportunityReport>()
  const fileOf = (planId: PlanId) => path.join(catalogue.paths.cacheDir, 'opportunity', `${planId}.cards`)

  const keep = (planId: PlanId, report: OpportunityReport): void => {
    inMemory.set(planId, report)
    try {
      writeSealedFrame(fileOf(planId), { version, report })
    } catch (error) {
      // A full disk or a read-only folder must not take away what was found.
      log.write('warn', 'opportunity.not-kept', { code: (error as NodeJS.ErrnoException).code ?? 'unknown' })
    }
  }

  const last = (planId: PlanId): OpportunityReport | null => {
    const { id } = catalogue.plans.get(planId)
    const known = inMemory.get(id)
    if (known) return known
    const kept = readSealedFrame(fileOf(id))
    if (kept === 'damaged') log.write('warn', 'opportunity.damaged', { ref: id })
    if (kept === undefined || kept === 'damaged') return null
    const { version: of, report } = kept.value as { version: string; report: OpportunityReport } // the seal says that we wrote it
    return of === version ? report : null
  }

  const written = async (
    target: string,
    plan: Plan,
    report: OpportunityReport,
    format: Input<'opportunity.export'>['format'],
    reader: TableReader,
  ): Promise<WrittenFile> => {
    if (format === 'gpkg') return writeThrough(target, (file) => writeCardsGpkg(file, plan, report, reader))
    const table = cardsTable(report)
    if (format === 'csv') return writeFileSafely(target, tableCsv(table, reader))
    return writeFileSafely(target, await xlsxBytes(tableWorkbook(table, originOf(plan, report, reader), reader)))
  }

  return {
    async find({ planId, choice }, call) {
      const of = { plan: catalogue.plans.get(planId), layers: catalogue.layers.ofPlan(planId) }
      const report = await analyses.opportunities(of, choice, call)
      keep(planId, report)
      return report
    },
    last,
    export({ planId, format, lang, target }, call) {
      const plan = catalogue.plans.get(planId)
      const report = last(planId)
      if (!report) throw new AppError('opportunity.not-computed', { plan: plan.name })
      const fileName = exportName(plan.nameZh ?? plan.name, `opportunity.${format}`)
      const reader = { lang, areaUnit: catalogue.settings.get().areaUnit }
      const detail = { format, cards: report.cards.length }
      const leaving = { target, fileName, action: 'opportunity.exported', object: planId, detail }
      return exportFile({ catalogue, tokens, actor }, leaving, call, (file) => written(file, plan, report, format, reader))
    },
  }
}

/** What the second sheet of a workbook says: method, weights as used, notes. */
function originOf(plan: Plan, report: OpportunityReport, { lang }: TableReader): TableOrigin {
  const { method, notes, criteria, weights } = report
  const weightOf = (id: (typeof criteria)[number]) => ((weights[criteria.indexOf(id)] ?? 0) * 100).toFixed(1)
  const list = (of: 'zh' | 'en') =>
    CRITERIA.filter(({ id }) => criteria.includes(id))
      .map((one) => `${one[of]} ${weightOf(one.id)}%`)
      .join(of === 'zh' ? '，' : ', ')
  return {
    plan: lang === 'zh' ? (plan.nameZh ?? plan.name) : plan.name,
    indicator: { id: 'F01', title: bilingual('机遇地区评分卡', 'Score cards of opportunity areas') },
    measurement: {
      version: 1,
      method,
      basis: plan.frame.kind === 'planar' ? 'planar' : 'ellipsoidal',
      notes: [bilingual(`权重：${list('zh')}`, `Weights: ${list('en')}`), ...notes],
    },
  }
}
