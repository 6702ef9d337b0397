import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import type { KeptImport } from '#core/contract/intake-procedures.ts'
import { answerStepsSchema, importAnswersSchema, type AnswerSteps, type ImportAnswers } from '#core/intake/answers.ts'
import { AppError } from '#core/errors.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { FileTokens } from './backend.ts'
import { filesBelow } from './formats/folder.ts'

const FILE = 'draft.json'

/** A file as it was when the answers were given: another one under its name must be looked at again. */
const fingerprint = z.strictObject({ name: z.string(), sizeBytes: z.number(), modifiedMs: z.number() })
type Fingerprint = z.infer<typeof fingerprint>

const stored = z.strictObject({
  greenprint: z.literal('import-draft/1'),
  savedAt: z.string(),
  files: z.string(),
  seen: z.array(fingerprint),
  answers: importAnswersSchema,
  steps: answerStepsSchema.nullable().default(null),
})
type Stored = z.infer<typeof stored>

export interface DraftStore {
  get(): KeptImport | null
  /** @throws AppError `import.files-gone` */
  save(files: FileToken, answers: ImportAnswers, steps?: AnswerSteps): { savedAt: string }
  discard(): void
  /** Lets go of the draft when it is about these files: they are in the catalogue now. */
  finished(files: FileToken): void
}

/** The one import that was begun and not finished, in a file of its own: answers, and which files they are about. */
export function createDraftStore(dir: string, tokens: FileTokens, now: () => Date = () => new Date()): DraftStore {
  const file = path.join(dir, FILE)
  const discard = (): void => {
    rmSync(file, { force: true })
    tokens.keepNothing()
  }
  return {
    get() {
      const draft = read(file)
      if (draft === null) return null
      const { savedAt, answers, steps, seen } = draft
      const paths = tokens.paths(draft.files as FileToken)
      const changed = paths === undefined ? seen.map(({ name }) => name) : changedSince(seen, paths)
      return {
        savedAt,
        answers,
        steps,
        files: changed.length === 0 ? (draft.files as FileToken) : null,
        missing: changed.slice(0, 50),
      }
    },
    save(files, answers, steps) {
      const paths = tokens.paths(files)
      if (paths === undefined || paths.length === 0) throw new AppError('import.files-gone', {})
      tokens.keep(files)
      const savedAt = now().toISOString()
      const draft: Stored = {
        greenprint: 'import-draft/1',
        savedAt,
        files,
        seen: fingerprintsOf(paths),
        answers,
        steps: steps ?? null,
      }
      writeFileSync(`${file}.tmp`, JSON.stringify(draft), { mode: 0o600 })
      renameSync(`${file}.tmp`, file)
      return { savedAt }
    },
    discard,
    finished(files) {
      if (read(file)?.files === files) discard()
    },
  }
}

/** A record that cannot be read (a power cut, another version) is none: the reviewer starts over. */
function read(file: string): Stored | null {
  if (!existsSync(file)) return null
  const result = stored.safeParse(parsed(readFileSync(file, 'utf8')))
  return result.success ? result.data : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // told apart from a record by the schema
  }
}

function fingerprintsOf(paths: readonly string[]): Fingerprint[] {
  return paths.flatMap((chosen) => {
    const stats = statSync(chosen, { throwIfNoEntry: false })
    if (!stats) return []
    if (!stats.isDirectory()) return [{ name: path.basename(chosen), sizeBytes: stats.size, modifiedMs: stats.mtimeMs }]
    return filesBelow(chosen).map((member) => {
      const { size, mtimeMs } = statSync(member.path)
      return { name: `${path.basename(chosen)}/${member.name}`, sizeBytes: size, modifiedMs: mtimeMs }
    })
  })
}

function changedSince(seen: readonly Fingerprint[], paths: readonly string[]): string[] {
  const now = new Map(fingerprintsOf(paths).map((one) => [one.name, one]))
  return seen
    .filter(({ name, sizeBytes, modifiedMs }) => {
      const found = now.get(name)
      return found?.sizeBytes !== sizeBytes || found.modifiedMs !== modifiedMs
    })
    .map(({ name }) => name)
}
