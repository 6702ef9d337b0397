import * as z from 'zod'

/* Imported before everything else: the schema library would otherwise try `new Function`, which this page's CSP forbids. */
z.config({ jitless: true })
