package io.careflow.pstn.cli;

import io.careflow.pstn.asterisk.config.RenderedConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which site, and which of its servers. */
final class SiteOptions {
    @Option(
            names = "--site",
            required = true,
            paramLabel = "FILE",
            description = "What there is: servers, trunks, users. Properties or JSON.")
    private @Nullable Path file;

    @Option(names = "--node", paramLabel = "NAME", description = "Which Asterisk, where the site has several.")
    private @Nullable String node;

    /**
     * The configuration; what works but should be looked at is said to people.
     *
     * @throws BadUsage if the site cannot be used; all that is wrong is said before
     */
    RenderedConfig rendered(Session session, Site.Server server) {
        try {
            Site site = SiteFile.read(session.path(Typed.required(file)), server, session.secretSource());
            RenderedConfig config = site.render(server, node);
            site.warnings(server, node)
                    .forEach(warning -> session.screen().note("warning: " + Values.printable(warning)));
            return config;
        } catch (InvalidSite e) {
            if (session.screen().isJson()) {
                throw e;
            }
            e.problems().forEach(problem -> session.screen().note("  " + session.withoutSecrets(problem)));
            throw new BadUsage(e.summary(), e);
        }
    }
}
