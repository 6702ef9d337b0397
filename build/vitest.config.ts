import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { keepStrippedCode } from './code-cache.ts'
import { DiedForks } from './died-forks.ts'

keepStrippedCode()

/** All unit and contract tests, beside the code they test. Real SQLite, real files, no mocks of our own code. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    include: ['{core,db,electron,renderer,build}/**/*.test.{ts,tsx}'],
    environment: 'node',
    globalSetup: [path.resolve(import.meta.dirname, 'vitest.global.ts')],
    setupFiles: [path.resolve(import.meta.dirname, 'vitest.setup.ts')],
    reporters: ['default', new DiedForks()],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
