import * as z from 'zod'
import json from '../../resources/reference/monitoring-thresholds.json' with { type: 'json' }
import { UNITS, type UnitId } from '../model/units.ts'
import { bilingualText, provenance } from '../reference/provenance.ts'

const unit = z.enum(Object.keys(UNITS) as [UnitId, ...UnitId[]])

/** When a monitored indicator is watched and when it raises an alert. Lines and target are in `unit`. */
export const monitoringThresholdsSchema = z.strictObject({
  greenprint: z.literal('monitoring-thresholds/1'),
  title: bilingualText,
  remark: bilingualText,
  /** How far a trend is followed. */
  horizonYears: z.strictObject({ value: z.number().positive(), ...provenance }),
  /** A change per year below this share of the value is none. */
  steadyShare: z.strictObject({ value: z.number().min(0), ...provenance }),
  thresholds: z.array(
    z.strictObject({
      indicator: z.string().regex(/^[A-Z]\d{2}$/),
      /** What is watched: the value itself or a part of it, in base units. */
      path: z.string().regex(/^(value|details\.[A-Za-z0-9_]+)$/),
      /** A part that must be true for the lines to hold: some indicators judge certain cities only. */
      onlyIf: z
        .string()
        .regex(/^[A-Za-z0-9_]+$/)
        .optional(),
      unit,
      better: z.enum(['higher', 'lower']),
      watch: z.number(),
      alert: z.number(),
      target: z.number().nullable(),
      title: bilingualText,
      ...provenance,
    }),
  ),
})

export type MonitoringThresholds = z.infer<typeof monitoringThresholdsSchema>
export type MonitoringThreshold = MonitoringThresholds['thresholds'][number]

export const MONITORING_THRESHOLDS: MonitoringThresholds = monitoringThresholdsSchema.parse(json)
