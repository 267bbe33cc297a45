/** So that it fits into a code beside the rest. */
const most = 64

/** Whether a text is the host of a hub as it stands in codes: small letters, a port where it has one. */
export const isHubHost = (text: string): boolean =>
  text.length <= most &&
  /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/.test(text)
