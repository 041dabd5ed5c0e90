/** How long is an answer waited for? So long, and no longer. */

/**
 * What `work` comes to; the signal it is given ends it once patience is over.
 *
 * The same as `AbortSignal.timeout`, which iPads of 2021 do not have.
 *
 * @template Value
 * @param {number} patience in milliseconds
 * @param {(signal: AbortSignal) => Promise<Value>} work
 * @returns {Promise<Value>}
 */
export async function within(patience, work) {
  const controller = new AbortController();
  const late = setTimeout(() => controller.abort(), patience);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(late);
  }
}
