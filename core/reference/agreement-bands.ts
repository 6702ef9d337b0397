import * as z from 'zod'
import json from '../../resources/reference/agreement-bands.json' with { type: 'json' }
import type { Bilingual } from '../text.ts'
import { bilingualText, provenance } from './provenance.ts'

/** Words for how well people agree, by the kappa from which they hold; highest first, the last one reaches down to -1. */
export const agreementBandsSchema = z
  .strictObject({
    greenprint: z.literal('agreement-bands/1'),
    title: bilingualText,
    remark: bilingualText,
    bands: z
      .array(z.strictObject({ id: z.string().min(1), from: z.number().min(-1).max(1), label: bilingualText, ...provenance }))
      .min(2),
  })
  .refine(({ bands }) => bands.every(({ from }, at) => at === 0 || from < (bands[at - 1]?.from ?? 1)), {
    message: 'bands go from high to low',
  })
  .refine(({ bands }) => bands.at(-1)?.from === -1, { message: 'the lowest band begins at -1' })

const { bands } = agreementBandsSchema.parse(json)

export interface AgreementBand {
  id: string
  label: Bilingual
  source: string
}

/**
 * The band that a kappa lies in, by its first two decimals as it is shown; null where kappa is null.
 * Source: Landis and Koch 1977, Biometrics 33 (1).
 * @param kappa -1 … 1
 */
export function agreementBand(kappa: number | null): AgreementBand | null {
  if (kappa === null) return null
  const shown = Math.round(kappa * 100) / 100
  return bands.find(({ from }) => shown >= from) ?? bands.at(-1) ?? null
}
