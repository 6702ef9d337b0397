import { addGreenway } from './add-greenway.ts'
import { addServices } from './add-services.ts'
import { addShelter } from './add-shelter.ts'
import { closeGap } from './close-gap.ts'
import { keepBaseUse } from './keep-base-use.ts'
import type { Move } from './move.ts'
import { parkOnParcel } from './park-on-parcel.ts'
import { parkOnPiece } from './park-on-piece.ts'
import { protectLand } from './protect-land.ts'
import { raiseGreening } from './raise-greening.ts'
import { setAttributes } from './set-attributes.ts'
import { widenCorridor } from './widen-corridor.ts'
import { withdrawProject } from './withdraw-project.ts'
import type { MoveId } from '../flip-rules.ts'

/** THE LIST of moves. Which of them may lift which item is data: `resources/reference/flip-moves.json`. */
export const MOVES: Readonly<Record<MoveId, Move>> = {
  'park-on-parcel': parkOnParcel,
  'park-on-piece': parkOnPiece,
  'keep-base-use': keepBaseUse,
  'set-attributes': setAttributes,
  'protect-land': protectLand,
  'add-greenway': addGreenway,
  'close-gap': closeGap,
  'widen-corridor': widenCorridor,
  'raise-greening': raiseGreening,
  'add-services': addServices,
  'add-shelter': addShelter,
  'withdraw-project': withdrawProject,
}
