import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { keepStrippedCode } from './code-cache.ts'
import { DiedForks } from './died-forks.ts'

keepStrippedCode()

/** All unit and contract tests, beside the code they test. Real SQLite, real files, no mocks of our own code. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    environment: 'node',
    globalSetup: [path.resolve(import.meta.dirname, 'vitest.global.ts')],
    setupFiles: [path.resolve(import.meta.dirname, 'vitest.setup.ts')],
    reporters: ['default', new DiedForks()],
    // in CI the tests of a file are named one by one only where one is very slow, or fails
    slowTestThreshold: process.env['CI'] === undefined ? 300 : 10_000,
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      // what holds a disk, a process or a thread gets a process for each file
      { extends: true, test: { name: 'machine', include: ['{db,electron,build}/**/*.test.{ts,tsx}'] } },
      // what holds nothing reads its modules once for all files: `core` and the screen have no state that outlives a test
      { extends: true, test: { name: 'pure', include: ['{core,renderer}/**/*.test.{ts,tsx}'], isolate: false } },
    ],
  },
})
