import { enableCompileCache } from 'node:module'
import { workerData } from 'node:worker_threads'

/**
 * Entry of the geometry thread inside the import process. A thread does not take over where its process keeps compiled code, so
 * that is said first and the rest loaded after.
 */
const { codeCacheDir } = workerData as { codeCacheDir: string | null }
if (codeCacheDir !== null) enableCompileCache(codeCacheDir)
await import('./geometry-thread.ts')
