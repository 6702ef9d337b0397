import { answerRequests, type Asked } from '../basemap/answer-requests.ts'
import { openPackage } from './package-reader.ts'
import { assertPlanData, type PlanDataTables } from './plan-data.ts'

/** What the backend asks of the package process. */
export type PackageRequest = { file: string; shown: string } & (
  | { ask: 'open'; dir: string; passphrase: string | null }
  | { ask: 'plan-data'; plan: PlanDataTables; of: { file: string; entry: string } }
)

/** The killable process that takes other offices' packages apart: archive, cipher, JSON, and the databases of plans in them. */
answerRequests<Asked & PackageRequest>(async (request) => {
  if (request.ask === 'open') return openPackage(request.file, request.dir, request.passphrase)
  return assertPlanData(request.file, request.plan, request.of)
})
