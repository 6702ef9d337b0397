import { analyse } from './analyse.ts'
import { checklists } from './checklists.ts'
import { attributes } from './attributes.ts'
import type { Command } from './command.ts'
import { compare } from './compare.ts'
import { findings } from './findings.ts'
import { flip } from './flip.ts'
import { benchmarks, formats, indicators, roles } from './registries.ts'
import { inbox } from './inbox.ts'
import { inspect } from './inspect.ts'
import { library } from './library.ts'
import { map } from './map.ts'
import { merge } from './merge.ts'
import { monitor } from './monitor.ts'
import { options } from './options.ts'
import { overlays } from './overlays.ts'
import { opportunity } from './opportunity.ts'
import { orientation } from './orientation.ts'
import { round } from './round.ts'
import { reply } from './reply.ts'
import { packageStep } from './package.ts'
import { panel } from './panel.ts'
import { run } from './run.ts'
import { selfTest } from './self-test.ts'
import { sheet } from './sheet.ts'
import { serve } from './serve.ts'
import { sign } from './sign.ts'
import { tables } from './tables.ts'
import { importStep, memo, review, sample } from './steps.ts'
import { verify } from './verify.ts'

/** THE LIST, in the order of `greenprint help`. */
export const COMMANDS: readonly Command[] = [
  run,
  inspect,
  importStep,
  sheet,
  analyse,
  flip,
  review,
  findings,
  round,
  orientation,
  memo,
  tables,
  attributes,
  overlays,
  map,
  compare,
  monitor,
  opportunity,
  options,
  panel,
  packageStep,
  merge,
  inbox,
  library,
  reply,
  sign,
  verify,
  serve,
  sample,
  indicators,
  checklists,
  benchmarks,
  formats,
  roles,
  selfTest,
]
