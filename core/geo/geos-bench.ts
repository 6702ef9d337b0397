import { geosHandles, type GeosLibrary, type Handle } from './geos-handles.ts'

const VALID_BY_STRUCTURE = 1

/** Handles with the habits that every operation shares: free what was made, fail aloud. */
export function benchOf(library: GeosLibrary, said: { last: string }) {
  const handles = geosHandles(library)
  return {
    handles,
    /** A valid geometry over the same ground, by structure, without collapsed pieces; 0 when it cannot be made. */
    repair: (geometry: Handle): Handle => {
      const how = library.GEOSMakeValidParams_create()
      library.GEOSMakeValidParams_setMethod(how, VALID_BY_STRUCTURE)
      library.GEOSMakeValidParams_setKeepCollapsed(how, 0)
      const repaired = library.GEOSMakeValidWithParams(geometry, how)
      library.GEOSMakeValidParams_destroy(how)
      return repaired
    },
    must: (handle: Handle, doing: string): Handle => {
      if (handle === 0) throw new Error(`GEOS could not ${doing}: ${said.last}`)
      return handle
    },
    using: <T>(handle: Handle, task: (handle: Handle) => T): T => {
      try {
        return task(handle)
      } finally {
        handles.free(handle)
      }
    },
  }
}

export type Bench = ReturnType<typeof benchOf>
