import { defineConfig } from 'electron-vite'
import { mainInto } from './electron.vite.config.ts'

const folder = process.env['GREENPRINT_TEST_BUNDLE']
if (folder === undefined) throw new Error('the set-up of the tests names the folder')

/** What the tests start in processes and threads of their own, as it ships: it starts three times sooner than from its sources. */
export default defineConfig({ main: mainInto(folder) })
