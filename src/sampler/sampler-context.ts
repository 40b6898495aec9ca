/**
 * How far the study has come from its beginning, as far as a sampler must know when it is made.
 *
 * @experimental
 */
export interface SamplerContext {
  /** Version of the space, from 1; above it, earlier trials may have been made under a narrower space. */
  readonly spaceVersion: number;
  /** Version of the settings, from 1; above it, another sampler may have made the earlier trials. */
  readonly settingsVersion: number;
}
