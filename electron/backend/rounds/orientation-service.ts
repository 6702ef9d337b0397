import fs from 'node:fs'
import path from 'node:path'
import type { CallContext, Input } from '#core/contract/procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Layer } from '#core/model/plan.ts'
import { orientation, type Orientation } from '#core/review/orientation.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { AnalysisService } from '../analysis/analysis-service.ts'
import type { Checklists } from '../review/checklists.ts'
import type { ReviewService } from '../review/review-service.ts'
import { leadReview } from './round-record.ts'
import type { RoundService } from './round-service.ts'

export interface OrientationService {
  get(key: Input<'orientation.get'>, call: CallContext): Promise<Orientation>
}

interface Dependencies {
  catalogue: Catalogue
  checklists: Checklists
  reviews: ReviewService
  rounds: RoundService
  analyses: Pick<AnalysisService, 'classAreas'>
}

type ClassAreas = Record<string, number>

/** What a plan is, how complete it is, what changed and what waits: read from what is stored, nothing is measured for it but areas by class. */
export function createOrientationService({ catalogue, checklists, reviews, rounds, analyses }: Dependencies): OrientationService {
  const dir = path.join(catalogue.paths.cacheDir, 'orientation')

  /** Kept under the content of the layers: they never change, and a million parcels take a while. */
  const classAreas = async (planId: PlanId, layers: readonly Layer[], call: CallContext): Promise<ClassAreas> => {
    const parcels = layers.filter(({ role }) => role === 'landuse_plan')
    if (parcels.length === 0) return {}
    const plan = catalogue.plans.get(planId)
    const file = path.join(dir, `${plan.gpkgSha256}.json`)
    if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8')) as ClassAreas
    const areas = await analyses.classAreas({ plan, layers: parcels }, call)
    fs.mkdirSync(dir, { recursive: true })
    const half = `${file}.${process.pid}.part`
    fs.writeFileSync(half, JSON.stringify(areas))
    fs.renameSync(half, file)
    return areas
  }

  return {
    async get(key, call) {
      const { planId, checklistId } = key
      const plan = catalogue.plans.get(planId)
      const layers = catalogue.layers.ofPlan(planId)
      const areas = await classAreas(planId, layers, call)
      const lead = leadReview(catalogue, planId, checklistId)
      const view = lead && reviews.view(lead.id)
      const round = rounds.view(key)
      const experts = catalogue.reviews
        .ofPlan(planId)
        .filter((one) => one.role === 'expert' && one.checklistId === checklistId && one.submittedAt === undefined)
      const late = [...round.raised, ...round.carried].filter(({ notes, reason }) => notes.length > 0 && reason === null)
      return orientation({
        plan,
        layers,
        checklist: lead ? checklists.version(lead.checklistId, lead.checklistVersion) : checklists.get(checklistId),
        review: view && {
          result: view.result,
          findings: view.findings,
          measured: view.measurements.length,
          stale: view.stale,
          isOldChecklist: view.newerChecklist !== undefined,
        },
        classAreas: areas,
        round: round.round,
        toCarry: round.toCarry,
        lateReasons: late.map(({ finding }) => finding.number),
        expertsWaiting: experts.length,
      })
    },
  }
}
