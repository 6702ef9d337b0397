import { parkServiceRadius } from './a01-park-service-radius.ts'
import { tenMinuteWalk } from './a02-ten-minute-walk.ts'
import { greenWithinReach } from './a03-green-within-300m.ts'
import { parkAreaPerHead } from './a04-park-area-per-head.ts'
import { lifeCircleGreen } from './a05-life-circle-green.ts'
import { equityOfAccess } from './a06-equity-of-access.ts'
import { newGreenAtDeficits } from './a07-new-green-at-deficits.ts'
import { cityGreenFusion } from './a08-city-green-fusion.ts'
import { controlLines } from './b01-control-lines.ts'
import { udbMultiple } from './b02-udb-multiple.ts'
import { insideBoundary } from './b03-inside-udb.ts'
import { upperQuotas } from './b04-quotas.ts'
import { passedDown } from './b05-passed-down.ts'
import { netLandUseCarbon } from './c02-net-land-use-carbon.ts'
import { sinkSpaceKept } from './c03-sink-space-kept.ts'
import { detailedPlanControls } from './c07-detailed-plan-controls.ts'
import { opportunityAreas } from './f01-opportunity-areas.ts'
import { opportunityNearRailOrCentre } from './f02-opportunity-near-rail-or-centre.ts'
import { landUseMix } from './f03-land-use-mix.ts'
import { jobHousingBalance } from './f04-job-housing-balance.ts'
import { lifeCircle } from './f05-life-circle.ts'
import { railCoverage } from './f06-rail-coverage.ts'
import { placeTypes } from './f07-place-types.ts'
import { mixedCommunities } from './f08-mixed-communities.ts'
import type { Indicator } from './indicator.ts'
import { greenLevels } from './n01-green-levels.ts'
import { wedgesContinuous } from './n02-wedges.ts'
import { connectivityChange } from './n03-connectivity.ts'
import { corridorWidth } from './n04-corridor-width.ts'
import { corridorsReserved } from './n05-corridors-reserved.ts'
import { greenwayDensity } from './n06-greenway-density.ts'
import { blueGreenShare } from './n07-blue-green-share.ts'
import { gradedProtection } from './n08-graded-protection.ts'
import { canopyCover } from './q01-canopy-cover.ts'
import { canopyUplift } from './q02-canopy-uplift.ts'
import { layeredStreets } from './q03-layered-streets.ts'
import { reserveBuffers } from './q05-reserve-buffers.ts'
import { waterwayRenaturation } from './q06-waterway-renaturation.ts'
import { coreHabitat } from './q07-core-habitat.ts'
import { parcelGreeningFactor } from './q08-parcel-greening.ts'
import { shelterPerHead } from './r02-shelter-per-head.ts'
import { permeableSurface } from './r03-permeable-surface.ts'
import { cooling } from './r04-cooling.ts'
import { developmentIntensity } from './s01-development-intensity.ts'
import { zanBalance } from './s02-zan-balance.ts'
import { stockShare } from './s03-stock-share.ts'
import { idleReuse } from './s04-idle-reuse.ts'
import { depaving } from './s05-depaving.ts'
import { shrinkingIncrement } from './s06-shrinking-increment.ts'
import { urbanLandPerHead } from './s07-urban-land-per-head.ts'
import { landSwap } from './s08-land-swap.ts'

/** THE LIST. Adding an indicator is one file in this folder and one line here; order is that of the checklist's dimensions. */
export const INDICATORS: readonly Indicator[] = [
  controlLines,
  udbMultiple,
  insideBoundary,
  upperQuotas,
  passedDown,
  greenLevels,
  wedgesContinuous,
  connectivityChange,
  corridorWidth,
  corridorsReserved,
  greenwayDensity,
  blueGreenShare,
  gradedProtection,
  canopyCover,
  canopyUplift,
  layeredStreets,
  reserveBuffers,
  waterwayRenaturation,
  coreHabitat,
  parcelGreeningFactor,
  parkServiceRadius,
  tenMinuteWalk,
  greenWithinReach,
  parkAreaPerHead,
  lifeCircleGreen,
  equityOfAccess,
  newGreenAtDeficits,
  cityGreenFusion,
  developmentIntensity,
  zanBalance,
  stockShare,
  idleReuse,
  depaving,
  shrinkingIncrement,
  urbanLandPerHead,
  landSwap,
  opportunityAreas,
  opportunityNearRailOrCentre,
  landUseMix,
  jobHousingBalance,
  lifeCircle,
  railCoverage,
  placeTypes,
  mixedCommunities,
  netLandUseCarbon,
  sinkSpaceKept,
  detailedPlanControls,
  shelterPerHead,
  permeableSurface,
  cooling,
]

/** The indicator with this id, or undefined. */
export const indicatorById = (id: string): Indicator | undefined => INDICATORS.find((indicator) => indicator.id === id)
