interface TrustedTypesFactory {
  createPolicy: (name: 'default', rules: { createHTML(text: string): string }) => unknown
}

/**
 * The page runs under `require-trusted-types-for 'script'`. A library empties its live region with `innerHTML = ''`;
 * that empty string is the only HTML text that may ever become part of the page.
 */
export function allowOnlyEmptyHtml(): void {
  const factory = (window as { trustedTypes?: TrustedTypesFactory }).trustedTypes
  factory?.createPolicy('default', {
    createHTML: (text) => {
      if (text === '') return text
      throw new TypeError('Text may not become HTML in this page')
    },
  })
}
