import fs from 'node:fs'
import { AppError } from '#core/errors.ts'
import type { Note } from '#core/model/plan.ts'

/** The part of `fs.statfsSync` that is asked; tests pretend to be on a share with it. */
export type StatFs = (dir: string) => { type: number }

/** File systems without dependable locks and shared memory (magic numbers of Linux statfs(2)). */
const REFUSED: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
  0x517b: 'SMB',
  0x01021997: '9p',
  0x65735546: 'FUSE',
}

const SYNCED = ['OneDrive', 'Dropbox', '坚果云', 'Nutstore', 'WPS云盘', 'WPSDrive', '百度网盘', 'BaiduNetdisk', 'iCloud']

/** What kind of share a file or folder lies on; undefined on a local disk. Throws the system's error when there is no such path. */
export function networkKind(file: string, statfs: StatFs = (path) => fs.statfsSync(path)): string | undefined {
  const real = fs.realpathSync.native(file)
  // Sign-extended on some platforms: compare as unsigned 32 bits.
  return /^\\\\(?!\?\\[A-Za-z]:)/.test(real) ? 'UNC' : REFUSED[statfs(file).type >>> 0]
}

/** @throws AppError 'catalogue.network-folder': write-ahead logging needs all its users on one host */
export function refuseNetworkFolder(dir: string, statfs?: StatFs): void {
  const kind = networkKind(dir, statfs)
  if (kind !== undefined) throw new AppError('catalogue.network-folder', { dir, kind })
}

/** A folder that some program copies to a server while we write: allowed, but the reader should know. */
export function noteSyncedFolder(dir: string): Note[] {
  const found = SYNCED.find((name) => dir.toLowerCase().includes(name.toLowerCase()))
  if (found === undefined) return []
  return [
    {
      severity: 'warning',
      text: {
        zh: `目录库位于同步文件夹（${found}）中，同步软件可能在写入时复制出不完整的文件。建议改放到未同步的文件夹。`,
        en: `The catalogue is in a synchronised folder (${found}); its program may copy half-written files. A folder that is not synchronised is safer.`,
      },
    },
  ]
}
