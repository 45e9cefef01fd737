// SPDX-License-Identifier: Apache-2.0
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Voiceroll
{
    /// <content>
    /// Consent, expiry and export, also for a registry on a server of this project; retention, keys, audit and backups of a
    /// store file, which throw <see cref="UnsupportedException"/> for a registry on a server.
    /// </content>
    public sealed partial class Registry
    {
        /// <summary>
        /// Puts a backup in the place of a store that nobody has open. Speakers who were deleted from the replaced store
        /// since the backup are erased from the restored one.
        /// </summary>
        /// <param name="backup">The backup.</param>
        /// <param name="path">The store file.</param>
        /// <param name="replace">Whether a store that exists is moved aside.</param>
        /// <param name="options">Where the key is, and the audit trail.</param>
        /// <param name="cancellationToken">Stops waiting.</param>
        /// <returns>What was restored.</returns>
        /// <exception cref="StoreException">The backup is damaged, or the key is wrong.</exception>
        /// <exception cref="InvalidInputException">
        /// A store exists and <paramref name="replace"/> is not set.
        /// </exception>
        public static Restored Restore(
            string backup,
            string path,
            bool replace = false,
            OpenOptions options = null,
            CancellationToken cancellationToken = default) =>
            Call.Run(RegistryHandle.None, Requests.Restore(backup, path, replace, options), cancellationToken);

        /// <summary><see cref="Restore"/> as a task.</summary>
        /// <param name="backup">The backup.</param>
        /// <param name="path">The store file.</param>
        /// <param name="replace">Whether a store that exists is moved aside.</param>
        /// <param name="options">Where the key is, and the audit trail.</param>
        /// <param name="cancellationToken">Stops waiting.</param>
        /// <returns>What was restored.</returns>
        public static Task<Restored> RestoreAsync(
            string backup,
            string path,
            bool replace = false,
            OpenOptions options = null,
            CancellationToken cancellationToken = default) =>
            Call.RunAsync(RegistryHandle.None, Requests.Restore(backup, path, replace, options), cancellationToken);

        /// <summary>
        /// Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.
        /// </summary>
        /// <param name="speakerId">The speaker.</param>
        /// <param name="consent">The record.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <exception cref="NotFoundException">The id is not enrolled.</exception>
        public void RecordConsent(
            string speakerId,
            ConsentRecord consent,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.RecordConsent(speakerId, consent, options), cancellationToken);

        /// <summary>
        /// What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew.
        /// </summary>
        /// <param name="speakerId">The speaker.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The records.</returns>
        /// <exception cref="NotFoundException">The id is not enrolled.</exception>
        public ConsentState Consent(
            string speakerId,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.Consent(speakerId, options), cancellationToken);

        /// <summary>
        /// Deletes a speaker at once, as <c>Delete</c> does, and keeps the proof that the consent was withdrawn.
        /// </summary>
        /// <param name="speakerId">The speaker.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <exception cref="NotFoundException">The id is not enrolled.</exception>
        public void WithdrawConsent(
            string speakerId,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.WithdrawConsent(speakerId, options), cancellationToken);

        /// <summary>
        /// Sets when a speaker expires: from then on nobody is recognised as this speaker, and <c>Purge</c> erases.
        /// </summary>
        /// <param name="speakerId">The speaker.</param>
        /// <param name="at">Seconds since 1970; null: never.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <exception cref="NotFoundException">The id is not enrolled.</exception>
        public void Expire(
            string speakerId,
            long? at = null,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.Expire(speakerId, at, options), cancellationToken);

        /// <summary>How many seconds new speakers are kept; null: until they are deleted.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>Seconds, or null.</returns>
        public long? Retention(
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.Retention(options), cancellationToken);

        /// <summary>
        /// Sets how many seconds speakers are kept who are enrolled from now on; null: until they are deleted.
        /// </summary>
        /// <param name="seconds">Seconds, or null.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        public void SetRetention(
            long? seconds,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.SetRetention(seconds, options), cancellationToken);

        /// <summary>The speakers who have expired and whom <c>Purge</c> would erase, sorted by id.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The ids.</returns>
        public IReadOnlyList<string> Expired(
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.Expired(options), cancellationToken);

        /// <summary>Erases the speakers who have expired, as <c>Delete</c> does.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The ids.</returns>
        public IReadOnlyList<string> Purge(
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.Purge(options), cancellationToken);

        /// <summary>Everything that is held about a speaker, as JSON text; docs/lawful.md describes its form.</summary>
        /// <param name="speakerId">The speaker.</param>
        /// <param name="voiceprints">Whether voiceprints are included.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The text.</returns>
        /// <exception cref="NotFoundException">The id is not enrolled.</exception>
        public string ExportSpeaker(
            string speakerId,
            bool voiceprints = false,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.ExportSpeaker(speakerId, voiceprints, options), cancellationToken);

        /// <summary>
        /// Enrolls a speaker from what <c>ExportSpeaker</c> of another store of the same model returned, with
        /// voiceprints. It trusts the text: no recording is compared.
        /// </summary>
        /// <param name="export">The text.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment.</returns>
        /// <exception cref="ConflictException">The id is enrolled.</exception>
        public Enrollment ImportSpeaker(
            string export,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.ImportSpeaker(export, options), cancellationToken);

        /// <summary>
        /// Replaces the key of the store. <c>forgetOld</c> also removes the old one from the key file: earlier
        /// backups can then not be opened.
        /// </summary>
        /// <param name="forgetOld">Whether the old key is removed.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>How many speakers' keys were wrapped with the new one.</returns>
        /// <exception cref="StoreException">The key cannot be read or written.</exception>
        public long RotateKey(
            bool forgetOld = false,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.RotateKey(forgetOld, options), cancellationToken);

        /// <summary>Reads the audit trail and reports entries that were changed, removed or inserted.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The report.</returns>
        /// <exception cref="InvalidInputException">An argument cannot be used.</exception>
        public AuditReport VerifyAudit(
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.VerifyAudit(options), cancellationToken);

        /// <summary>The entries of the audit trail, oldest first.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The entries.</returns>
        /// <exception cref="InvalidInputException">An argument cannot be used.</exception>
        public IReadOnlyList<AuditEntry> AuditEntries(
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.AuditEntries(options), cancellationToken);

        /// <summary>The pseudonym of a speaker in the audit trail.</summary>
        /// <param name="speakerId">The speaker.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The pseudonym.</returns>
        public string AuditPseudonym(
            string speakerId,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.AuditPseudonym(speakerId, options), cancellationToken);

        /// <summary>
        /// Writes a copy of the store into a new file, while others use it. It needs the same key; see
        /// <c>Restore</c>.
        /// </summary>
        /// <param name="to">The new file.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <exception cref="InvalidInputException">An argument cannot be used.</exception>
        public void Backup(
            string to,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.Backup(to, options), cancellationToken);

        /// <summary>
        /// Reads everything in the store, and the audit trail if there is one, and reports what was changed.
        /// </summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The report.</returns>
        public CheckReport Check(
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.Check(options), cancellationToken);

        /// <summary><see cref="RecordConsent"/> as a task.</summary>
        /// <param name="speakerId">The speaker.</param>
        /// <param name="consent">The record.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>A task that ends when it is done.</returns>
        public Task RecordConsentAsync(
            string speakerId,
            ConsentRecord consent,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.RecordConsent(speakerId, consent, options), cancellationToken);

        /// <summary><see cref="Consent"/> as a task.</summary>
        /// <param name="speakerId">The speaker.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The records.</returns>
        public Task<ConsentState> ConsentAsync(
            string speakerId,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Consent(speakerId, options), cancellationToken);

        /// <summary><see cref="WithdrawConsent"/> as a task.</summary>
        /// <param name="speakerId">The speaker.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>A task that ends when it is done.</returns>
        public Task WithdrawConsentAsync(
            string speakerId,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.WithdrawConsent(speakerId, options), cancellationToken);

        /// <summary><see cref="Expire"/> as a task.</summary>
        /// <param name="speakerId">The speaker.</param>
        /// <param name="at">Seconds since 1970; null: never.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>A task that ends when it is done.</returns>
        public Task ExpireAsync(
            string speakerId,
            long? at = null,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Expire(speakerId, at, options), cancellationToken);

        /// <summary><see cref="Retention"/> as a task.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>Seconds, or null.</returns>
        public Task<long?> RetentionAsync(
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Retention(options), cancellationToken);

        /// <summary><see cref="SetRetention"/> as a task.</summary>
        /// <param name="seconds">Seconds, or null.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>A task that ends when it is done.</returns>
        public Task SetRetentionAsync(
            long? seconds,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.SetRetention(seconds, options), cancellationToken);

        /// <summary><see cref="Expired"/> as a task.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The ids.</returns>
        public Task<IReadOnlyList<string>> ExpiredAsync(
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Expired(options), cancellationToken);

        /// <summary><see cref="Purge"/> as a task.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The ids.</returns>
        public Task<IReadOnlyList<string>> PurgeAsync(
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Purge(options), cancellationToken);

        /// <summary><see cref="ExportSpeaker"/> as a task.</summary>
        /// <param name="speakerId">The speaker.</param>
        /// <param name="voiceprints">Whether voiceprints are included.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The text.</returns>
        public Task<string> ExportSpeakerAsync(
            string speakerId,
            bool voiceprints = false,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.ExportSpeaker(speakerId, voiceprints, options), cancellationToken);

        /// <summary><see cref="ImportSpeaker"/> as a task.</summary>
        /// <param name="export">The text.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment.</returns>
        public Task<Enrollment> ImportSpeakerAsync(
            string export,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.ImportSpeaker(export, options), cancellationToken);

        /// <summary><see cref="RotateKey"/> as a task.</summary>
        /// <param name="forgetOld">Whether the old key is removed.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>How many speakers' keys were wrapped with the new one.</returns>
        public Task<long> RotateKeyAsync(
            bool forgetOld = false,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.RotateKey(forgetOld, options), cancellationToken);

        /// <summary><see cref="VerifyAudit"/> as a task.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The report.</returns>
        public Task<AuditReport> VerifyAuditAsync(
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.VerifyAudit(options), cancellationToken);

        /// <summary><see cref="AuditEntries"/> as a task.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The entries.</returns>
        public Task<IReadOnlyList<AuditEntry>> AuditEntriesAsync(
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.AuditEntries(options), cancellationToken);

        /// <summary><see cref="AuditPseudonym"/> as a task.</summary>
        /// <param name="speakerId">The speaker.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The pseudonym.</returns>
        public Task<string> AuditPseudonymAsync(
            string speakerId,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.AuditPseudonym(speakerId, options), cancellationToken);

        /// <summary><see cref="Backup"/> as a task.</summary>
        /// <param name="to">The new file.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>A task that ends when it is done.</returns>
        public Task BackupAsync(
            string to,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Backup(to, options), cancellationToken);

        /// <summary><see cref="Check"/> as a task.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The report.</returns>
        public Task<CheckReport> CheckAsync(
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Check(options), cancellationToken);
    }
}
