interface TrustedTypesFactory {
  createPolicy: (name: 'default', rules: { createHTML(text: string): string; createScriptURL(url: string): string }) => unknown
}

/** The one script that may run as a worker: the PDF reader, from the page's own files. */
export const pdfWorkerUrl = (): string => new URL('pdfjs/pdf-worker.js', document.baseURI).href

/**
 * The page runs under `require-trusted-types-for 'script'`. A library empties its live region with `innerHTML = ''`, and the map
 * measures how high a font is by the letter M; these two, in which there is no markup, are the only HTML texts that may ever become
 * part of the page, and the PDF reader the only worker.
 */
export function allowOnlyOwnCode(): void {
  const factory = (window as { trustedTypes?: TrustedTypesFactory }).trustedTypes
  factory?.createPolicy('default', {
    createHTML: (text) => {
      if (text === '' || text === 'M') return text
      throw new TypeError('Text may not become HTML in this page')
    },
    createScriptURL: (url) => {
      if (url === pdfWorkerUrl()) return url
      throw new TypeError('Only the PDF reader may be a worker of this page')
    },
  })
}
