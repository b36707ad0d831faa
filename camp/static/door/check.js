// What a helper should know before the shift: a list that is old or missing, a store that the browser may clear.

const OLD_MS = 30 * 60_000;

export async function warnings({ head, now, say, scanning }) {
  const found = [];
  if (!head) found.push(say.noList);
  else if (now - head.made > OLD_MS) found.push(say.oldList);
  if (scanning) return found; // the rest cannot be mended during the shift
  if (!("serviceWorker" in navigator)) found.push(say.noWorker);
  const kept = await navigator.storage?.persisted?.().catch(() => false);
  const space = await navigator.storage?.estimate?.().catch(() => null);
  if (!kept) found.push(say.evicted);
  if (space && space.quota && space.quota - space.usage < 20_000_000) found.push(say.noSpace);
  return found;
}
