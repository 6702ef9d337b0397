import { useCallback, useEffect, useMemo, useState } from 'react'
import { AppError } from '#core/errors.ts'
import { fitSheet, LEAST_POINTS, type ControlPoint, type FitMethod, type SheetFit } from '#core/geo/sheet-fit.ts'
import type { PlanId } from '#core/model/ids.ts'
import { ASK_BELOW } from '#core/model/inspection.ts'
import { CRS_CODE } from '#core/model/manifest.ts'
import type { SheetFile, SheetPage, SheetRegistration, SheetView } from '#core/model/sheet.ts'
import { useClient } from '../api/use-api.tsx'

export type Mode = 'file' | 'points'

/** What a person has decided so far about where a sheet lies. */
interface Draft {
  page: number
  mode: Mode
  registration: number
  /** System of the file's places: as found, or as the person says. */
  crs: string
  /** A system that is not sure was confirmed. */
  confirmed: boolean
  method: FitMethod
  points: ControlPoint[]
  /** Half of the next point. */
  onSheet: [number, number] | null
  onGround: [number, number] | null
}

const emptyPage: SheetPage = { page: 1, width: 1, height: 1, registrations: [], problems: [] }

const pageOf = (file: SheetFile, number: number): SheetPage => file.pages.find(({ page }) => page === number) ?? emptyPage

function fresh(file: SheetFile, number: number): Draft {
  const [first] = pageOf(file, number).registrations
  return {
    page: number,
    mode: first ? 'file' : 'points',
    registration: 0,
    crs: first?.crs.value ?? '',
    confirmed: false,
    method: 'affine',
    points: [],
    onSheet: null,
    onGround: null,
  }
}

const firstDraft = (file: SheetFile, sheet: SheetView | null): Draft =>
  sheet === null
    ? fresh(file, file.pages[0]?.page ?? 1)
    : { ...fresh(file, sheet.page), mode: 'points', method: sheet.method, points: sheet.points }

/** Two halves make a point. */
function joined(draft: Draft): Draft {
  const { onSheet, onGround, points } = draft
  if (!onSheet || !onGround) return draft
  const point = { x: onSheet[0], y: onSheet[1], xM: onGround[0], yM: onGround[1] }
  return { ...draft, points: [...points, point], onSheet: null, onGround: null }
}

/** The file's own places, brought into the plan's plane by the backend. */
function useLocated(planId: PlanId, registration: SheetRegistration | null, crs: string) {
  const client = useClient()
  const [located, setLocated] = useState<{ of: string; points: ControlPoint[]; error: unknown } | null>(null)
  const key = registration && CRS_CODE.test(crs) ? `${crs} ${JSON.stringify(registration.pairs)}` : null
  useEffect(() => {
    if (registration === null || key === null) return
    let wanted = true
    const places = registration.pairs.map(({ place }) => place)
    client.call('sheets.locate', { planId, crs, places }).then(
      (xy) => {
        const points = registration.pairs.map(({ sheet: [x, y] }, at) => ({ x, y, xM: xy[2 * at] ?? 0, yM: xy[2 * at + 1] ?? 0 }))
        if (wanted) setLocated({ of: key, points, error: null })
      },
      (error: unknown) => wanted && setLocated({ of: key, points: [], error }),
    )
    return () => {
      wanted = false
    }
  }, [client, planId, crs, key, registration])
  return located?.of === key ? located : null
}

interface Fitted {
  fit: SheetFit | null
  error: unknown
}

function fitted(points: readonly ControlPoint[], method: FitMethod, page: SheetPage): Fitted {
  if (points.length < LEAST_POINTS[method]) return { fit: null, error: null }
  try {
    return { fit: fitSheet(points, method, page), error: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { fit: null, error }
  }
}

/** The state of the sheet dialog: what was decided, what follows from it, and every way to change it. */
export function useSheetDraft(planId: PlanId, file: SheetFile, sheet: SheetView | null) {
  const [draft, setDraft] = useState<Draft>(() => firstDraft(file, sheet))
  const page = pageOf(file, draft.page)
  const registration = page.registrations[draft.registration] ?? null
  const unsure = registration !== null && registration.crs.confidence < ASK_BELOW
  const located = useLocated(planId, draft.mode === 'file' ? registration : null, draft.crs)
  const points = draft.mode === 'file' ? (located?.points ?? null) : draft.points
  const method = draft.mode === 'file' ? 'affine' : draft.method
  const result = useMemo(() => (points ? fitted(points, method, page) : { fit: null, error: null }), [points, method, page])
  const change = useCallback((patch: Partial<Draft>) => setDraft((now) => joined({ ...now, ...patch })), [])
  return {
    draft,
    page,
    registration,
    points: points ?? [],
    fit: result.fit,
    error: located?.error ?? result.error,
    missing: Math.max(0, LEAST_POINTS[method] - (points?.length ?? 0)),
    /** The system is as the file says, but not surely: somebody must say so. */
    asksCrs: draft.mode === 'file' && unsure && !draft.confirmed && draft.crs === registration.crs.value,
    change,
    turnTo: (number: number) => setDraft(fresh(file, number)),
    choose: (index: number) => change({ registration: index, crs: page.registrations[index]?.crs.value ?? '', confirmed: false }),
    removePoint: (index: number) => change({ points: draft.points.toSpliced(index, 1) }),
  }
}

export type SheetDraft = ReturnType<typeof useSheetDraft>
