import type { PackageFiles } from '../share/package-files.ts'
import type { LibraryService } from './library-service.ts'

/** Packages whose openings the library takes note of: what was looked at once can be found again. */
export const watchedPackages = (
  packages: PackageFiles,
  library: Pick<LibraryService, 'opened' | 'openedRecord'>,
): PackageFiles => ({
  ...packages,
  async open(...asked) {
    const opened = await packages.open(...asked)
    library.opened(opened)
    return opened
  },
  async record(file, signal) {
    const record = await packages.record(file, signal)
    await library.openedRecord(file, record)
    return record
  },
})
