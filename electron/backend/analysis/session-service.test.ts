import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cancelSource } from '#core/contract/cancel.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import type { LayerId } from '#core/model/ids.ts'
import type { Measurement } from '#core/model/measurement.ts'
import { gpkgIn, writePlan } from './fixture-plan.ts'
import { createSessionService } from './session-service.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-sessions-'))
const service = createSessionService({ gpkgPath: gpkgIn(dir), cacheDir: path.join(dir, 'cache'), version: 'test' })
afterAll(async () => {
  await service.closeAll()
  fs.rmSync(dir, { recursive: true })
})
/** Hashes name the way to a state, not only the state. */
const withoutInputs = ({ inputs: _, ...others }: Measurement) => others
const quiet = { signal: cancelSource().signal, progress: () => {} }
const PARCELS = 'landuse_plan' as LayerId
const valueOf = (measurements: readonly Measurement[], id: string) => measurements.find((one) => one.id === id)?.outcome

describe('a plan that is tried out', () => {
  it('answers edits with what they change, and takes them back', async () => {
    const { plan, layers } = writePlan(dir, 'tried', 6)
    const { sessionId, measurements } = await service.open(plan, layers, quiet)
    expect(measurements.map(({ id }) => id)).toEqual(INDICATORS.map(({ id }) => id))
    expect(valueOf(measurements, 'B01')).toMatchObject({ value: 1000 })
    const farming = { change: 'attributes', layerId: PARCELS, fid: 1, attributes: { class: '0101' } } as const
    const hasty = await service.edit(sessionId, [farming], { leaveSlow: true })
    expect(hasty.waiting.length + hasty.changed.length).toBeGreaterThan(0)
    expect((await service.settle(sessionId)).waiting).toEqual([])
    await service.undo(sessionId)
    const edited = await service.edit(sessionId, [farming])
    expect(valueOf(edited.changed, 'B01')).toMatchObject({ value: 0 })
    expect(edited.changed.map(({ id }) => id)).not.toContain('N06')
    expect(edited.undoable).toBe(1)
    const cut = { change: 'geometry', layerId: PARCELS, fid: 1, parts: [[[0, 0, 50, 0, 50, 100, 0, 100]]] } as const
    await service.edit(sessionId, [{ ...cut, parts: cut.parts.map((part) => part.map((ring) => [...ring])) }])
    await service.undo(sessionId)
    const back = await service.undo(sessionId)
    expect(valueOf(back.changed, 'B01')).toMatchObject({ value: 1000 })
    expect(await service.undo(sessionId)).toMatchObject({ changed: [], undoable: 0 })
    await service.close(sessionId)
    await expect(service.edit(sessionId, [farming])).rejects.toMatchObject({ code: 'analysis.no-session' })
  })

  it('tells whole measurements: those of the start when all is undone, and the same whichever way an edit is made', async () => {
    const { plan, layers } = writePlan(dir, 'told', 6)
    const { sessionId, measurements } = await service.open(plan, layers, quiet)
    const told = new Map(measurements.map((one) => [one.id, one]))
    const hear = ({ changed }: { changed: readonly Measurement[] }) => changed.forEach((one) => told.set(one.id, one))
    const recode = (fid: number, code: string) =>
      ({ change: 'attributes', layerId: PARCELS, fid, attributes: { class: code } }) as const
    hear(await service.edit(sessionId, [recode(1, '0101')], { leaveSlow: true }))
    hear(await service.edit(sessionId, [recode(2, '1401')]))
    hear(await service.settle(sessionId))
    const edited = [...told.values()]
    hear(await service.undo(sessionId))
    hear(await service.undo(sessionId))
    expect([...told.values()]).toStrictEqual(measurements)
    hear(await service.edit(sessionId, [recode(1, '0101'), recode(2, '1401')]))
    expect([...told.values()].map(withoutInputs)).toStrictEqual(edited.map(withoutInputs))
    await service.close(sessionId)
  })

  it('draws what the plan has no layer of, and takes it away again', async () => {
    const { plan, layers } = writePlan(dir, 'drawn', 2)
    const { sessionId, measurements } = await service.open(plan, layers, quiet)
    expect(valueOf(measurements, 'N06')).toMatchObject({ kind: 'missing' })
    const line = { change: 'draw', role: 'greenway', parts: [[[0, 0, 300, 400]]], attributes: {} } as const
    const parts = line.parts.map((part) => part.map((ring) => [...ring]))
    const { changed, undoable } = await service.edit(sessionId, [{ ...line, parts }])
    expect(changed.find(({ id }) => id === 'N06')?.inputs).toHaveProperty('greenway')
    expect(undoable).toBe(1)
    expect(valueOf((await service.undo(sessionId)).changed, 'N06')).toMatchObject({ kind: 'missing' })
    await service.close(sessionId)
  })

  it('refuses an edit that cannot be made, and lives on', async () => {
    const { plan, layers } = writePlan(dir, 'refused', 2)
    const { sessionId } = await service.open(plan, layers, quiet)
    const none = { change: 'delete', layerId: PARCELS, fid: 99 } as const
    await expect(service.edit(sessionId, [none])).rejects.toMatchObject({ code: 'analysis.no-such-feature' })
    const elsewhere = { ...none, layerId: 'gone' as LayerId }
    await expect(service.edit(sessionId, [elsewhere])).rejects.toMatchObject({ code: 'analysis.no-such-layer' })
    expect((await service.edit(sessionId, [{ ...none, fid: 1 }])).undoable).toBe(1)
    await service.close(sessionId)
  })

  it('gives way when newer ones are opened', async () => {
    const { plan, layers } = writePlan(dir, 'many', 1)
    const ids: string[] = []
    for (let at = 0; at < 4; at += 1) ids.push((await service.open(plan, layers, quiet)).sessionId)
    await expect(service.undo(ids[0] ?? '')).rejects.toMatchObject({ code: 'analysis.no-session' })
    expect(await service.undo(ids[1] ?? '')).toMatchObject({ undoable: 0 })
    await service.closeAll()
  })

  it('is not opened when it is cancelled on the way, or has no layers', async () => {
    const { plan, layers } = writePlan(dir, 'cancelled', 40)
    const source = cancelSource()
    const opening = service.open(plan, layers, { signal: source.signal, progress: () => source.abort() })
    await expect(opening).rejects.toMatchObject({ code: 'request.cancelled' })
    await expect(service.open(plan, [], quiet)).rejects.toMatchObject({ code: 'analysis.no-layers' })
  })
})
