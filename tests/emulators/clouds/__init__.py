"""Amazon's, Google's and Azure's stores as servers on this machine, each behind a wire that can be cut.

SeaweedFS speaks S3 and azurite Azure's protocol; both check keys and signatures. fake-gcs-server speaks
Google's and checks nothing: `google.Door` stands before it and does, by Google's documents.
"""

from tests.emulators.clouds.servers import Azurite, Cloud, GoogleCloud, SeaweedFS

__all__ = ["Azurite", "Cloud", "GoogleCloud", "SeaweedFS"]
