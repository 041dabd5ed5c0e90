/** What stands in a file somebody drops? Its text, however a spreadsheet program has written it. */

// A receipt has about 2,000 characters; what is cut short here is none.
const MOST_OF_A_RECEIPT = 200_000;
const MOST_OF_A_STAFF_LIST = 5_000_000;
const STAFF_LIST = /\.(csv|tsv|txt|xlsx?|ods)$/i;

/**
 * Whether it is a staff list, by its name; a receipt stays one where a mail program has made `.txt` of it.
 *
 * @param {File} file
 * @returns {Promise<boolean>}
 */
export async function isStaffList(file) {
  return STAFF_LIST.test(file.name) && !/^\s*\{/.test(await receiptText(file));
}

/** @param {File} file @returns {Promise<string>} nothing for what is no file, such as a folder */
export async function receiptText(file) {
  return file.slice(0, MOST_OF_A_RECEIPT).text().catch(() => "");
}

/** @param {File} file @returns {Promise<string>} nothing for what is no file */
export async function staffListText(file) {
  const bytes = await file.slice(0, MOST_OF_A_STAFF_LIST).arrayBuffer().catch(() => new ArrayBuffer(0));
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes); // What Excel calls plain CSV.
  }
}
