import { createHash } from 'node:crypto'
import type { CallContext, ExportedFile, Input } from '#core/contract/procedures.ts'
import { importDraft } from '#core/intake/draft.ts'
import { differingChoice, withAnswers, type ImportAnswers } from '#core/intake/answers.ts'
import { composeIntakeReport } from '#core/intake/report.ts'
import type { InspectedLayer, Inspection, LayerChoice } from '#core/model/inspection.ts'
import { exportFile, type ExportDependencies } from './export-file.ts'
import { printPdf } from './memo/print-pdf.ts'
import { renderHtml } from './memo/render-html.ts'
import { writeFileSafely } from './memo/write-file.ts'

interface ReportDependencies extends ExportDependencies {
  inspect: (choices: LayerChoice[], call: CallContext) => Promise<Inspection>
  author: string
  version: string
  now: Date
}

/** The record inside the report: what was found, without the drawing points. */
const withoutRuns = (layer: InspectedLayer): InspectedLayer =>
  layer.shape ? { ...layer, shape: { ...layer.shape, runs: [] } } : layer

const recordOf = (inspection: Inspection): string =>
  JSON.stringify({
    greenprint: 'intake-record/1',
    ...inspection,
    files: inspection.files.map((file) => ({ ...file, layers: file.layers.map(withoutRuns) })),
  })

/** Only answers that differ from what the files say are tried; the rest stays evidence. */
const choicesFrom = (found: Inspection, answers: ImportAnswers): LayerChoice[] =>
  withAnswers(importDraft(found), answers).layers.flatMap((layer) => differingChoice(layer) ?? [])

/**
 * Reads the files again as answered, and writes what was found as a page for whoever submitted them.
 * @throws AppError those of inspecting and of printing; `import.files-gone`
 */
export async function writeIntakeReport(
  input: Input<'import.report'>,
  { inspect, author, version, now, ...house }: ReportDependencies,
  call: CallContext,
): Promise<ExportedFile> {
  const found = await inspect([], call)
  const choices = input.answers === null ? [] : choicesFrom(found, input.answers)
  const inspection = choices.length === 0 ? found : await inspect(choices, call)
  const record = recordOf(inspection)
  const seal = createHash('sha256').update(record).digest('hex')
  const { lang, answers, format } = input
  const at = now.toISOString()
  const document = composeIntakeReport({ inspection, answers, at, author, engineVersion: version, seal }, lang)
  const fileName = `${lang === 'zh' ? '质检说明' : 'intake-report'}-${at.slice(0, 10)}.${format}`
  const leaving = { target: input.target, fileName, action: 'intake.reported', object: seal, detail: { format } }
  return exportFile(house, leaving, call, async (target) =>
    writeFileSafely(
      target,
      format === 'html'
        ? renderHtml(document, record)
        : await printPdf(document, { reviewJson: record, producer: `Greenprint ${version}` }, call.signal),
    ),
  )
}
