import type { Handlers } from '#core/contract/procedures.ts'
import type { KeptImport } from '#core/contract/intake-procedures.ts'
import type { MappingProfile } from '#core/model/mapping-profile.ts'
import { FAKE_TIME, fakeInspection } from './fake-data.ts'

type IntakeName = 'import.inspect' | 'import.report' | `drafts.${string}` | `profiles.${string}`

/** The import's own answers: what the files hold, what was kept, and saved profiles in memory. */
export function fakeIntake(): Pick<Handlers, Extract<keyof Handlers, IntakeName>> {
  let kept: KeptImport | null = null
  let profiles: MappingProfile[] = []
  return {
    'import.inspect': () => fakeInspection,
    'import.report': ({ format }) => ({
      fileName: `intake.${format}`,
      sizeBytes: 40_000,
      sha256: 'a'.repeat(64),
      download: null,
    }),
    'drafts.get': () => kept,
    'drafts.save': ({ files, answers, steps = null }) => {
      kept = { savedAt: FAKE_TIME, files, missing: [], answers, steps }
      return { savedAt: FAKE_TIME }
    },
    'drafts.discard': () => {
      kept = null
    },
    'profiles.list': () => profiles,
    'profiles.save': (draft) => {
      const saved = { ...draft, id: draft.name, by: '李审查', at: FAKE_TIME }
      profiles = [saved, ...profiles.filter(({ name }) => name !== draft.name)]
      return profiles
    },
    'profiles.remove': ({ profileId }) => {
      profiles = profiles.filter(({ id }) => id !== profileId)
      return profiles
    },
  }
}
