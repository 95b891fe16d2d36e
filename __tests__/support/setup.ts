import fc from 'fast-check';

/**
 * The same cases each time, so that a red run is red for everybody. `PROPERTY_SEED` tries others.
 */
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_125) });
