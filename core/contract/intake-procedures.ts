import * as z from 'zod'
import { answerStepsSchema, importAnswersSchema, type AnswerSteps, type ImportAnswers } from '../intake/answers.ts'
import type { FileToken, PlanId } from '../model/ids.ts'
import type { Inspection } from '../model/inspection.ts'
import { CRS_CODE, manifestSchema } from '../model/manifest.ts'
import { profileDraftSchema, type MappingProfile } from '../model/mapping-profile.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'

const line = manifestSchema.shape.layers.element.shape
const { path, crs, encoding, swapAxes, where, fields, classes } = line

/** A layer as the reader shall try it: what `import.inspect` then tells is what an import would do. */
const layerChoice = z.strictObject({
  path,
  layer: z.string().nullable(),
  role: line.role.optional(),
  crs,
  encoding,
  swapAxes,
  where,
  fields,
  classes,
})

const layerPlace = z.strictObject({
  path,
  layer: z.string().nullable(),
  features: z.number().int().nonnegative(),
  crs: z.string().regex(CRS_CODE).nullable(),
  extent: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
})

/** An import that was begun and not finished. */
export interface KeptImport {
  savedAt: string
  /** null when the files are no longer at hand, or no longer what they were: then they must be chosen again. */
  files: FileToken | null
  /** Names of files that are gone or were changed since. */
  missing: string[]
  answers: ImportAnswers
  /** null in drafts of earlier versions. */
  steps: AnswerSteps | null
}

const kept = z.strictObject({ files: id<FileToken>(), answers: importAnswersSchema, steps: answerStepsSchema.optional() })

/** From files to a plan: looking, trying, reporting, keeping what was answered. */
export const intakeProcedures = {
  'import.inspect': procedure(
    z.strictObject({
      files: id<FileToken>(),
      choices: z.array(layerChoice).max(2000).optional(),
      /** Paths as told by an inspection before: the other files are left alone. */
      only: z.array(z.string().max(2000)).max(2000).optional(),
      /** Where layers of the files that are left alone lie, so that the others are judged beside them. */
      beside: z.array(layerPlace).max(2000).optional(),
    }),
  ).returns<Inspection>(),
  /** `datumShift`: the file of seven parameters that a person chose; read for this import only and kept nowhere. */
  'import.run': procedure(
    z.strictObject({ files: id<FileToken>(), manifest: manifestSchema, datumShift: id<FileToken>().optional() }),
  ).returns<{ planId: PlanId }>(),
  /** The intake report as a page for whoever submitted the files; reads them again, as answered. */
  'import.report': procedure(
    z.strictObject({
      files: id<FileToken>(),
      answers: importAnswersSchema.nullable(),
      lang: z.enum(['zh', 'en']),
      format: z.enum(['pdf', 'html']),
      target: id<FileToken>().nullable(),
    }),
  ).returns<ExportedFile>(),

  'drafts.get': procedure(z.strictObject({})).returns<KeptImport | null>(),
  'drafts.save': procedure(kept).returns<{ savedAt: string }>(),
  'drafts.discard': procedure(z.strictObject({})).returns<void>(),

  'profiles.list': procedure(z.strictObject({})).returns<MappingProfile[]>(),
  /** Saves under its name; a profile of the same name is replaced. */
  'profiles.save': procedure(profileDraftSchema).returns<MappingProfile[]>(),
  'profiles.remove': procedure(z.strictObject({ profileId: z.string().min(1).max(64) })).returns<MappingProfile[]>(),
}
