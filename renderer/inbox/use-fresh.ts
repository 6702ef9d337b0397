import { useRead } from '../api/use-api.tsx'

/** How many files of the inbox wait for a person. */
export function useFresh(): number {
  return useRead('inbox.get', {}).data?.fresh ?? 0
}
