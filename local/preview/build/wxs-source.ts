/**
 * Turns WXS into what behaves the same as a JavaScript module: `x.constructor` is the name of a type there, module ids carry
 * no extension, and exported functions are marked so that event handlers written in WXS can be told from others.
 */
export function toScriptSource(wxs: string): string {
  return [
    wxs.replace(/(require\(\s*['"][^'"]+?)\.wxs(['"])/g, '$1$2').replace(/\.constructor\b/g, '.__wxsType'),
    ';(function(e){for(var k in e)if(typeof e[k]==="function")e[k].__wxs=true})(module.exports);',
  ].join('\n');
}

/** Ids of the modules that a WXS source requires, relative to it and without extension. */
export function listRequiredScripts(wxs: string): string[] {
  return [...wxs.matchAll(/require\(\s*['"]([^'"]+?)(?:\.wxs)?['"]\s*\)/g)].map(([, id]) => id ?? '');
}
