/** Gives imports of JSON the attribute that ES modules need. Outside of jest, a hook does this. */
export default {
  process: (text) => ({
    code: text.replaceAll(/(?<=from ["'][^"']+\.json["']);/g, " with { type: 'json' };"),
  }),
};
