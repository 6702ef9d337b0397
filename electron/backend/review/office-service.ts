import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { compareChecklists, type ChecklistChange } from '#core/checklist/compare-versions.ts'
import { parseChecklist } from '#core/checklist/load.ts'
import { failedRuleTests } from '#core/checklist/rule-tests.ts'
import type { Checklist } from '#core/checklist/schema.ts'
import type { ChecklistCheck, ChecklistVersion } from '#core/contract/office-procedures.ts'
import type { CallContext, ExportedFile, Input } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { FileToken, TemplateId } from '#core/model/ids.ts'
import type { RemarkTemplate } from '#core/review/template.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { FileTokens } from '../backend.ts'
import { exportFile } from '../export-file.ts'
import { exportName } from '../export-name.ts'
import { writeFileSafely } from '../memo/write-file.ts'
import type { Checklists } from './checklists.ts'

/** A checklist is a page of text; anything larger is something else. */
const MOST_FILE_BYTES = 10 * 2 ** 20

export interface OfficeService {
  templates(): RemarkTemplate[]
  putTemplate(input: Input<'templates.put'>): RemarkTemplate[]
  removeTemplate(id: TemplateId): RemarkTemplate[]
  compare(input: Input<'checklists.compare'>): ChecklistChange[]
  check(checklist: unknown): ChecklistCheck
  /** @throws AppError 'checklist.invalid', 'checklist.tests-failed', 'checklist.version-taken' */
  publish(checklist: unknown): ChecklistVersion[]
  /** @throws AppError 'import.files-gone', 'checklist.invalid' */
  read(files: FileToken): Checklist
  export(input: Input<'checklists.export'>, call: CallContext): Promise<ExportedFile>
}

interface OfficeDeps {
  catalogue: Catalogue
  checklists: Checklists
  tokens: FileTokens
  actor: () => Actor
}

/** The office's own things: frequent remarks, and checklists in versions that are checked before they are published. */
export function createOfficeService({ catalogue, checklists, tokens, actor }: OfficeDeps): OfficeService {
  const { commands, records } = catalogue
  const templates = (): RemarkTemplate[] => records.of('template', '')
  const DRAFT = 'checklist'

  return {
    templates,
    putTemplate({ templateId, ...draft }) {
      commands.putTemplate(templateId, draft, actor())
      return templates()
    },
    removeTemplate(id) {
      commands.removeTemplate(id, actor())
      return templates()
    },
    compare: ({ checklistId, before, after }) =>
      compareChecklists(checklists.version(checklistId, before), checklists.version(checklistId, after)),
    check(draft) {
      try {
        return { problem: null, failedTests: failedRuleTests(parseChecklist(draft, DRAFT)) }
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'checklist.invalid') throw error
        const { path: place, problem } = error.params as { path: string; problem: string }
        return { problem: { path: place, problem }, failedTests: [] }
      }
    },
    publish(draft) {
      const checklist = parseChecklist(draft, DRAFT)
      const [failed] = failedRuleTests(checklist)
      if (failed) {
        const [expected, found] = [failed.expected, failed.found].map((level) => (level === null ? '–' : String(level)))
        throw new AppError('checklist.tests-failed', {
          item: failed.item,
          at: failed.at + 1,
          expected: expected ?? '',
          found: found ?? '',
        })
      }
      const { id, version } = checklist
      const taken = () => checklists.versions(id).some((one) => one.version === version)
      if (checklists.list().some((one) => one.id === id) && taken())
        throw new AppError('checklist.version-taken', { checklist: id, version })
      commands.publishChecklist(checklist, actor())
      return checklists.versions(id)
    },
    read(files) {
      const [file] = tokens.paths(files) ?? []
      if (file === undefined || statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
        throw new AppError('import.files-gone', {})
      const name = path.basename(file)
      if (statSync(file).size > MOST_FILE_BYTES)
        throw new AppError('checklist.invalid', { file: name, path: '(root)', problem: 'larger than any checklist' })
      return parseChecklist(jsonOf(readFileSync(file, 'utf8'), name), name)
    },
    export({ checklistId, version, target }, call) {
      const checklist = checklists.version(checklistId, version)
      const fileName = `${exportName(checklist.id, version)}.json`
      const leaving = { target, fileName, action: 'checklist.exported', object: `${checklistId}@${version}`, detail: {} }
      return exportFile({ catalogue, tokens, actor }, leaving, call, (file) =>
        writeFileSafely(file, `${JSON.stringify(checklist, null, 1)}\n`),
      )
    },
  }
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new AppError('checklist.invalid', { file, path: '(root)', problem: String(error) })
  }
}
