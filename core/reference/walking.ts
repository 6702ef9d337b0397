import * as z from 'zod'
import json from '../../resources/reference/walking.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

const figure = z.strictObject({ value: z.number().positive(), ...provenance })

/** Figures behind walks on a network, and the road classes that nobody walks along. */
export const walkingSchema = z.strictObject({
  greenprint: z.literal('walking/1'),
  title: bilingualText,
  remark: bilingualText,
  ...provenance,
  snapM: figure,
  entranceWithinM: figure,
  edgeSpacingM: figure,
  edgeToRoadM: figure,
  attachWithinM: figure,
  sampleSpacingM: figure,
  usableFrom: figure,
  streetReachM: figure,
  detourFactor: figure,
  closedToWalkers: z.strictObject({ kinds: z.array(z.string()), ...provenance }),
})

export const WALKING = walkingSchema.parse(json)

const closed = new Set(WALKING.closedToWalkers.kinds)

/** Whether people may walk along a road of this class; a road without a class is one to walk on. */
export const isWalkable = (roadClass: string | undefined): boolean => !closed.has(roadClass?.trim().toLowerCase() ?? '')
