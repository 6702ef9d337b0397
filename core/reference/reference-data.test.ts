import { describe, expect, it } from 'vitest'
import checklist from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import agreementBands from '../../resources/reference/agreement-bands.json' with { type: 'json' }
import benchmarks from '../../resources/reference/benchmarks.json' with { type: 'json' }
import cooling from '../../resources/reference/cooling-coefficients.json' with { type: 'json' }
import permeability from '../../resources/reference/surface-permeability.json' with { type: 'json' }
import carbon from '../../resources/reference/carbon-coefficients.json' with { type: 'json' }
import greenPattern from '../../resources/reference/green-pattern.json' with { type: 'json' }
import groups from '../../resources/reference/class-groups.json' with { type: 'json' }
import corridorFunctions from '../../resources/reference/corridor-functions.json' with { type: 'json' }
import corridorModel from '../../resources/reference/corridor-model.json' with { type: 'json' }
import corridorWidths from '../../resources/reference/corridor-widths.json' with { type: 'json' }
import trial2020 from '../../resources/reference/crosswalk-2020-trial.json' with { type: 'json' }
import detailedControls from '../../resources/reference/detailed-plan-controls.json' with { type: 'json' }
import energyWeights from '../../resources/reference/energy-weights.json' with { type: 'json' }
import fusionClasses from '../../resources/reference/fusion-classes.json' with { type: 'json' }
import gb50137 from '../../resources/reference/crosswalk-gb50137.json' with { type: 'json' }
import survey3 from '../../resources/reference/crosswalk-survey3.json' with { type: 'json' }
import landClasses from '../../resources/reference/land-classes.json' with { type: 'json' }
import laterParameters from '../../resources/reference/later-parameters.json' with { type: 'json' }
import layerNeeds from '../../resources/reference/layer-needs.json' with { type: 'json' }
import lifeCircleGreen from '../../resources/reference/life-circle-green.json' with { type: 'json' }
import monitoringThresholds from '../../resources/reference/monitoring-thresholds.json' with { type: 'json' }
import opportunityCriteria from '../../resources/reference/opportunity-criteria.json' with { type: 'json' }
import placeTypes from '../../resources/reference/place-types.json' with { type: 'json' }
import resistance from '../../resources/reference/resistance.json' with { type: 'json' }
import reviewPoints from '../../resources/reference/review-points.json' with { type: 'json' }
import services from '../../resources/reference/services.json' with { type: 'json' }
import randomIndex from '../../resources/reference/ahp-random-index.json' with { type: 'json' }
import sources from '../../resources/reference/sources.json' with { type: 'json' }
import greeningFactors from '../../resources/reference/urban-greening-factors.json' with { type: 'json' }
import walking from '../../resources/reference/walking.json' with { type: 'json' }
import weightSensitivity from '../../resources/reference/weight-sensitivity.json' with { type: 'json' }
import workerDensities from '../../resources/reference/worker-densities.json' with { type: 'json' }
import zanProfiles from '../../resources/reference/zan-profiles.json' with { type: 'json' }
import zoneFunctions from '../../resources/reference/zone-functions.json' with { type: 'json' }
import { CERTAINTIES } from '../checklist/schema.ts'
import { ROLE_IDS } from '../model/roles.ts'
import { monitoringThresholdsSchema } from '../monitoring/thresholds.ts'
import { agreementBand, agreementBandsSchema } from './agreement-bands.ts'
import { weightSensitivitySchema } from './weight-sensitivity.ts'
import { fusionClassesSchema } from './fusion-classes.ts'
import { energyWeightsSchema } from './carbon.ts'
import { CLASS_GROUPS, classGroupsSchema } from './class-groups.ts'
import { lifeCircleGreenSchema } from './life-circle-green.ts'
import { greenPatternSchema } from './green-pattern.ts'
import { placeTypesSchema } from './place-types.ts'
import { corridorFunctionsSchema } from './corridor-functions.ts'
import { corridorModelSchema } from './corridor-model.ts'
import { crosswalkSchema } from './crosswalk.ts'
import { isLandClass, landClassesSchema } from './land-class-list.ts'
import { laterParametersSchema } from './later-parameters.ts'
import { detailedControlsSchema } from './detailed-controls.ts'
import { LAYER_NEEDS, layerNeedsSchema } from './layer-needs.ts'
import {
  benchmarksSchema,
  carbonSchema,
  corridorWidthsSchema,
  greeningFactorsSchema,
  resistanceSchema,
  reviewPointsSchema,
  sourcesSchema,
  zanProfilesSchema,
} from './reference-tables.ts'
import { coolingSchema, permeabilitySchema } from './land-surface.ts'
import { walkingSchema } from './walking.ts'
import { workerDensitiesSchema } from './worker-densities.ts'
import { servicesSchema } from './services.ts'
import { randomIndexSchema } from '../opportunity/weights.ts'
import { opportunityCriteriaSchema } from '../opportunity/criteria.ts'
import { sourceText } from './sources.ts'
import { zoneFunctionsSchema } from './zone-functions.ts'

const FILES = {
  'agreement-bands.json': [agreementBandsSchema, agreementBands],
  'weight-sensitivity.json': [weightSensitivitySchema, weightSensitivity],
  'ahp-random-index.json': [randomIndexSchema, randomIndex],
  'benchmarks.json': [benchmarksSchema, benchmarks],
  'carbon-coefficients.json': [carbonSchema, carbon],
  'class-groups.json': [classGroupsSchema, groups],
  'cooling-coefficients.json': [coolingSchema, cooling],
  'surface-permeability.json': [permeabilitySchema, permeability],
  'green-pattern.json': [greenPatternSchema, greenPattern],
  'corridor-functions.json': [corridorFunctionsSchema, corridorFunctions],
  'corridor-model.json': [corridorModelSchema, corridorModel],
  'corridor-widths.json': [corridorWidthsSchema, corridorWidths],
  'crosswalk-2020-trial.json': [crosswalkSchema, trial2020],
  'crosswalk-gb50137.json': [crosswalkSchema, gb50137],
  'crosswalk-survey3.json': [crosswalkSchema, survey3],
  'detailed-plan-controls.json': [detailedControlsSchema, detailedControls],
  'energy-weights.json': [energyWeightsSchema, energyWeights],
  'fusion-classes.json': [fusionClassesSchema, fusionClasses],
  'land-classes.json': [landClassesSchema, landClasses],
  'later-parameters.json': [laterParametersSchema, laterParameters],
  'layer-needs.json': [layerNeedsSchema, layerNeeds],
  'life-circle-green.json': [lifeCircleGreenSchema, lifeCircleGreen],
  'monitoring-thresholds.json': [monitoringThresholdsSchema, monitoringThresholds],
  'opportunity-criteria.json': [opportunityCriteriaSchema, opportunityCriteria],
  'place-types.json': [placeTypesSchema, placeTypes],
  'resistance.json': [resistanceSchema, resistance],
  'review-points.json': [reviewPointsSchema, reviewPoints],
  'services.json': [servicesSchema, services],
  'sources.json': [sourcesSchema, sources],
  'urban-greening-factors.json': [greeningFactorsSchema, greeningFactors],
  'walking.json': [walkingSchema, walking],
  'worker-densities.json': [workerDensitiesSchema, workerDensities],
  'zan-profiles.json': [zanProfilesSchema, zanProfiles],
  'zone-functions.json': [zoneFunctionsSchema, zoneFunctions],
} as const

interface Claim {
  path: string
  source: unknown
  certainty: unknown
}

/** Every object of a file that states how certain it is. */
function claims(value: unknown, path: string): Claim[] {
  if (Array.isArray(value)) return value.flatMap((entry, i) => claims(entry, `${path}[${i}]`))
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.entries(value).flatMap(([key, entry]) => claims(entry, `${path}.${key}`))
  return 'certainty' in value
    ? [{ path, source: 'source' in value ? value.source : undefined, certainty: value.certainty }, ...inside]
    : inside
}

describe.each(Object.entries(FILES))('%s', (name, [schema, json]) => {
  it('follows its schema', () => {
    expect(schema.safeParse(json).error?.issues ?? []).toEqual([])
  })

  it('gives every claim a known source and a certainty, and says "interpolated" of our own choices', () => {
    const found = claims(json, name)
    // the sources themselves claim nothing, and at present no parameter waits for its indicator
    expect(found.length > 0).toBe(name !== 'sources.json' && name !== 'later-parameters.json')
    for (const { path, source, certainty } of found) {
      expect([path, typeof source === 'string' && sourceText(source) !== undefined]).toEqual([path, true])
      expect(CERTAINTIES).toContain(certainty)
    }
    const ownChoices = found.filter(({ source }) => source === 'design')
    expect(ownChoices.filter(({ certainty }) => certainty !== 'interpolated')).toEqual([])
  })
})

it('every level of the checklist that claims a text names it in both languages', () => {
  for (const { path, source, certainty } of claims(checklist, 'checklist')) {
    const named = typeof source === 'string' ? sourceText(source) !== undefined : JSON.stringify(source).length > 20
    expect([path, certainty, named]).toEqual([path, certainty, true])
  }
})

describe('numbers that others quote', () => {
  it('every code of the crosswalks, coefficients and resistances is a listed class', () => {
    for (const { rows } of [survey3, gb50137, trial2020]) {
      for (const { from, to, split } of rows) {
        expect([from, to.every(isLandClass), split]).toEqual([from, true, to.length > 1])
      }
    }
    const classes = [...resistance.rows, ...carbon.sets.flatMap(({ rows }) => rows)].flatMap((row) => row.classes)
    expect(classes.filter((code) => !isLandClass(code))).toEqual([])
  })

  it('kappa is put in words by the figure that is shown', () => {
    const words = [1, 0.806, 0.804, 0.61, 0.41, 0.21, 0.2, -0.004, -0.02, -1].map((kappa) => agreementBand(kappa)?.id)
    expect(words).toEqual([
      'almost-perfect',
      'almost-perfect',
      'substantial',
      'substantial',
      'moderate',
      'fair',
      'slight',
      'slight',
      'poor',
      'poor',
    ])
    expect(agreementBand(null)).toBeNull()
  })

  it('crosswalk keys are unique', () => {
    for (const { rows } of [survey3, gb50137, trial2020]) expect(new Set(rows.map(({ from }) => from)).size).toBe(rows.length)
  })

  it('the balance profiles name groups that exist', () => {
    const ids = CLASS_GROUPS.map(({ id }) => id)
    expect(zanProfiles.profiles.map(({ group }) => ids.includes(group))).toEqual([true, true])
    expect(zanProfiles.profiles[1]?.coverCategories.map(({ artificialised }) => artificialised)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ])
  })

  it('the literature set gives +8.07 tCO2 for 60 ha of cropland and 40 ha of forest', () => {
    const set = carbon.sets.find(({ id }) => id === 'literature')
    const perHa = (code: string) => ((set?.rows.find(({ classes }) => classes.includes(code))?.value ?? NaN) * 10 * 44) / 12
    expect(60 * perHa('01') + 40 * perHa('03')).toBeCloseTo(8.07, 2)
    for (const { low, value, high } of carbon.sets.flatMap(({ rows }) => rows)) {
      expect(low <= value && value <= high).toBe(true)
    }
  })

  it('the greening factors give 0.36 for the worked site', () => {
    const factor = (id: string) => greeningFactors.factors.find((entry) => entry.id === id)?.factor ?? NaN
    const weighted = 100 * factor('wetland') + 200 * factor('perennials') + 300 * factor('amenity_grass') + 400 * factor('sealed')
    expect(weighted / 1000).toBeCloseTo(0.36, 9)
  })

  it('the benchmark library holds its 26 dated rows, and every layer role is a kind of data', () => {
    expect(new Set(benchmarks.benchmarks.map(({ key }) => key)).size).toBe(26)
    const needs = LAYER_NEEDS.map(({ id }) => id)
    expect(ROLE_IDS.filter((role) => role !== 'other' && role !== 'raster' && !needs.includes(role))).toEqual([])
  })
})
