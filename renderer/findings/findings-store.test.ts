import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { FindingId, ReviewId } from '#core/model/ids.ts'
import type { Finding } from '#core/review/finding.ts'
import { useUi } from '../state/ui-store.ts'
import { useFindings } from './findings-store.ts'

const kept = new Map<string, string>()
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
})

const state = () => useFindings.getState()
beforeEach(() => {
  useFindings.setState({ drawing: null })
  useUi.setState({ findingDraft: null, item: 'A04' })
})

const finding: Finding = {
  id: 'f' as FindingId,
  reviewId: 'r' as ReviewId,
  number: 3,
  item: null,
  severity: 'must',
  text: 'x',
  action: '',
  evidence: [],
  withdrawn: false,
  by: '',
  at: '',
  mark: { kind: 'area', xyM: [0, 0, 4, 0, 4, 4], label: '此处' },
}

describe('drawing a mark', () => {
  it('asks for the words once the mark is done, tied to the item that is open', () => {
    state().draw('line')
    state().step({ do: 'add', at: [0, 0] })
    state().step({ do: 'end' })
    expect(state().drawing?.draft.xyM).toEqual([0, 0])
    state().step({ do: 'add', at: [3, 4] })
    state().step({ do: 'end' })
    expect(state().drawing).toBeNull()
    expect(useUi.getState().findingDraft).toEqual({
      kind: 'new',
      item: 'A04',
      evidence: [],
      mark: { kind: 'line', xyM: [0, 0, 3, 4] },
    })
  })
  it('a point and an arrow are done with their last place', () => {
    state().draw('arrow')
    state().step({ do: 'add', at: [0, 0] })
    expect(state().drawing).not.toBeNull()
    state().step({ do: 'add', at: [1, 1] })
    expect(useUi.getState().findingDraft).toMatchObject({ mark: { kind: 'arrow' } })
  })
  it('given up, it asks for nothing; another kind begins anew and keeps snapping as it was', () => {
    state().draw('area')
    state().step({ do: 'snap' })
    state().step({ do: 'add', at: [0, 0] })
    state().draw('cloud')
    expect(state().drawing?.draft).toMatchObject({ kind: 'cloud', xyM: [], isSnapping: false })
    state().step({ do: 'cancel' })
    expect([state().drawing, useUi.getState().findingDraft]).toEqual([null, null])
  })
  it('an existing mark keeps its words while its corners move', () => {
    state().editMark(finding)
    state().step({ do: 'hold', by: 1 })
    state().step({ do: 'move', place: 0, at: [-1, -1] })
    state().step({ do: 'end' })
    expect(useUi.getState().findingDraft).toEqual({
      kind: 'edit',
      finding,
      mark: { kind: 'area', xyM: [-1, -1, 4, 0, 4, 4], label: '此处' },
    })
  })
})

describe('columns of the table', () => {
  it('are remembered in their usual order', () => {
    state().setColumns('narrow', ['text', 'number', 'by'])
    expect(state().columns.narrow).toEqual(['number', 'text', 'by'])
    expect(kept.get('greenprint.findings.columns')).toContain('"narrow":["number","text","by"]')
  })
})
