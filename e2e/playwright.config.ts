import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { keepStrippedCode } from '../build/code-cache.ts'

keepStrippedCode()

// Workers read this file too, and inherit what the first reading chose.
process.env['GREENPRINT_E2E_CATALOGUES'] ??= path.join(tmpdir(), `greenprint-e2e-catalogues-${process.pid}`)

/** Chromium comes from the system: browsers are never downloaded. */
const chromium = process.env['GREENPRINT_CHROMIUM'] ?? '/usr/bin/chromium'

const args = [
  '--disable-gpu',
  '--disable-accelerated-2d-canvas',
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** Root (as in most containers) cannot have Chromium's own sandbox. */
if (process.getuid?.() === 0) args.push('--no-sandbox')

export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: path.resolve(import.meta.dirname, '../test-results'),
  globalTeardown: path.resolve(import.meta.dirname, 'remove-catalogues.ts'),
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // Only where a crash would throw a day's work away; the gate says loudly which journeys needed it.
  retries: process.env['CI'] === undefined ? 0 : 1,
  reporter: [['list'], [path.resolve(import.meta.dirname, 'flaky-report.ts')]],
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1,
    // Keeping a picture of the page at every step takes a third of a journey: where a failed one runs again, only then.
    trace: process.env['CI'] === undefined ? 'retain-on-failure' : 'on-first-retry',
    launchOptions: { executablePath: chromium, args },
  },
})
